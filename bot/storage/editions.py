"""Keeps the texts of policy papers."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError

from bot.accounts.audit import Actor, Entry
from bot.documents.model import Edition
from bot.storage.audit import record
from bot.storage.document_tables import DocumentEdition
from bot.storage.sessions import Sessions
from policies_kb.base import ItemNumber


class EditionRepository:
    """See bot.documents.ports."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def of(self, document: str) -> list[Edition]:
        """See the port."""
        query = select(DocumentEdition).where(DocumentEdition.document == document)
        async with self._sessions() as session:
            return [_edition(row) for row in await session.scalars(query.order_by(DocumentEdition.number.desc()))]

    async def counts(self) -> Mapping[str, int]:
        """See the port."""
        query = select(DocumentEdition.document, func.max(DocumentEdition.number).label("number")).group_by(
            DocumentEdition.document
        )
        async with self._sessions() as session:
            rows = await session.execute(query)
            return {row.document: row.number for row in rows}

    async def add(self, edition: Edition, entry: Entry) -> bool:
        """See the port."""
        row = DocumentEdition(
            document=edition.document,
            number=edition.number,
            name=edition.name,
            items=msgspec.json.encode(list(edition.items.items())).decode(),
            author_id=edition.by.id,
            author_name=edition.by.name,
            created_at=edition.at,
        )
        try:
            async with self._sessions.begin() as session:
                session.add(row)
                record(session, entry)
        except IntegrityError:
            return False
        return True


def _edition(row: DocumentEdition) -> Edition:
    items = dict(msgspec.json.decode(row.items, type=list[tuple[ItemNumber, str]]))
    by = Actor(row.author_id, row.author_name)
    return Edition(row.document, row.number, row.name, items, by, row.created_at)
