"""Keeps files of content that were looked at, until they are taken."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import delete, or_

from bot.accounts.audit import Actor
from bot.exchange.model import Draft, Upload
from bot.storage.exchange_tables import ContentUpload
from bot.storage.sessions import Sessions
from policies_kb.parts import Part, PartKind


class UploadRepository:
    """See bot.exchange.ports."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def keep(self, upload: Upload, before: datetime) -> int:
        """See the port."""
        drafts = [(one.part.kind.value, one.part.key, one.seen, one.text) for one in upload.drafts]
        row = ContentUpload(
            user_id=upload.by.id,
            user_name=upload.by.name,
            created_at=upload.at,
            name=upload.name,
            drafts=msgspec.json.encode(drafts).decode(),
        )
        past = or_(ContentUpload.user_id == upload.by.id, ContentUpload.created_at < before)
        async with self._sessions.begin() as session:
            await session.execute(delete(ContentUpload).where(past))
            session.add(row)
            await session.flush()
            return row.id

    async def find(self, number: int, user: int) -> Upload | None:
        """See the port."""
        async with self._sessions() as session:
            row = await session.get(ContentUpload, number)
        if row is None or row.user_id != user:
            return None
        held = msgspec.json.decode(row.drafts, type=list[tuple[str, str, int, str]])
        drafts = (Draft(Part(PartKind(kind), key), seen, text) for kind, key, seen, text in held)
        return Upload(Actor(row.user_id, row.user_name), row.created_at, row.name, tuple(drafts))

    async def forget(self, number: int) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            await session.execute(delete(ContentUpload).where(ContentUpload.id == number))
