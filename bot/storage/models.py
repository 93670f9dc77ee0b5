"""Keeps trained models in the database, and which of them is in service."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, insert, or_, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.audit import Entry
from bot.assistant.models import Damaged, Origin, Version
from bot.storage.audit import record
from bot.storage.model_tables import ModelChunk, ModelVersion
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new

_CHUNK = 512 * 1024
"""Bytes; on a slow line one still arrives within the time that a statement may take."""

_KEPT = 5
"""Archives of each code that are kept; the one in service is always among them."""


class ModelRepository:
    """See bot.assistant.models."""

    def __init__(self, sessions: Sessions, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._now = now

    async def known(self, base: str) -> bool:
        """See the port."""
        query = select(ModelVersion.digest).where(or_(ModelVersion.digest == base, ModelVersion.base == base)).limit(1)
        async with self._sessions() as session:
            return await session.scalar(query) is not None

    async def store(
        self, digest: str, code: str, archive: bytes, origin: Origin | None = None, *, serve: bool = True
    ) -> None:
        """See the port."""
        now, origin = self._now(), origin or Origin()
        values = {"code": code, "size": len(archive), "checksum": hashlib.sha256(archive).hexdigest(), "stored_at": now}
        told = {"base": origin.base, "by_name": origin.by, "accuracy": origin.accuracy}
        first = {"chosen_at": now, "chosen_base": origin.base, "served": serve, "kept": False}
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, ModelVersion, {"digest": digest, **values, **told, **first}))
            again = update(ModelVersion).where(ModelVersion.digest == digest, ModelVersion.kept.is_(False))
            taken = await session.scalar(again.values(**values, kept=True).returning(ModelVersion.digest))
            if taken is None:
                return
            for number, start in enumerate(range(0, len(archive), _CHUNK)):
                chunk = {"digest": digest, "number": number, "content": archive[start : start + _CHUNK]}
                await session.execute(insert(ModelChunk).values(chunk))
            await _prune(session, code)

    async def choose(self, digest: str, base: str | None = None, entry: Entry | None = None) -> None:
        """See the port."""
        kept = (ModelVersion.digest == digest, ModelVersion.kept)
        async with self._sessions.begin() as session:
            # The clock of the machine that chose before may be ahead of this one.
            last = await session.scalar(select(func.max(ModelVersion.chosen_at)))
            at = self._now() if last is None else max(self._now(), last + timedelta(microseconds=1))
            chosen = update(ModelVersion).where(*kept).values(chosen_at=at, chosen_base=base, served=True)
            if await session.scalar(chosen.returning(ModelVersion.digest)) is None:
                raise LookupError(digest)
            if entry is not None:
                record(session, entry)

    async def in_service(self, code: str) -> str | None:
        """See the port."""
        async with self._sessions() as session:
            digest: str | None = await session.scalar(_latest(code).limit(1))
        return digest

    async def chosen_base(self, code: str) -> str | None:
        """See the port."""
        async with self._sessions() as session:
            digest = await session.scalar(_latest(code).limit(1))
            version = await session.get(ModelVersion, digest) if digest is not None else None
        return None if version is None else version.chosen_base or version.base or version.digest

    async def measured(self, digest: str, accuracy: float) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            this = update(ModelVersion).where(ModelVersion.digest == digest)
            await session.execute(this.values(accuracy=accuracy))

    async def fetch(self, digest: str) -> bytes:
        """See the port."""
        content, of_model = [], ModelChunk.digest == digest
        async with self._sessions() as session:
            version = await session.get(ModelVersion, digest)
            if version is None or not version.kept:
                raise LookupError(digest)
            count = await session.scalar(select(func.count()).where(of_model)) or 0
            for number in range(count):
                found = await session.scalar(select(ModelChunk.content).where(of_model, ModelChunk.number == number))
                content.append(found or b"")
        archive = b"".join(content)
        if hashlib.sha256(archive).hexdigest() != version.checksum:
            raise Damaged(f"the stored model {digest} is damaged; put another into service with `gongyou model use`")
        return archive

    async def versions(self) -> Sequence[Version]:
        """See the port."""
        async with self._sessions() as session:
            rows = list(await session.scalars(select(ModelVersion).order_by(ModelVersion.stored_at.desc())))
            serving = {code: await session.scalar(_latest(code).limit(1)) for code in {row.code for row in rows}}
        return [_version(row, in_service=serving[row.code] == row.digest) for row in rows]


def _version(row: ModelVersion, *, in_service: bool) -> Version:
    facts = (row.digest, row.code, row.size, row.stored_at, row.kept)
    return Version(*facts, in_service, row.served, row.by_name, row.accuracy)


def _latest(code: str) -> Select[tuple[str]]:
    mine = (ModelVersion.code == code, ModelVersion.kept, ModelVersion.served)
    return select(ModelVersion.digest).where(*mine).order_by(ModelVersion.chosen_at.desc(), ModelVersion.digest)


async def _prune(session: AsyncSession, code: str) -> None:
    serving = await session.scalar(_latest(code).limit(1))
    rows = await session.scalars(select(ModelVersion).where(ModelVersion.code == code, ModelVersion.kept))
    wanted_most = sorted(rows, key=lambda row: (row.digest == serving, max(row.stored_at, row.chosen_at)), reverse=True)
    old = [row.digest for row in wanted_most[_KEPT:]]
    await session.execute(delete(ModelChunk).where(ModelChunk.digest.in_(old)))
    await session.execute(update(ModelVersion).where(ModelVersion.digest.in_(old)).values(kept=False))
