"""Keeps the versions of the content; whatever changes what is published raises the counter in the same transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, insert, or_, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.audit import Actor, Entry
from bot.content.model import OPEN, Decision, State, Version
from bot.content.ports import Change
from bot.content.timeline import Standing, Timeline
from bot.storage.audit import record
from bot.storage.content_tables import ContentCounter, ContentVersion
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new
from policies_kb.parts import Part, PartKind

_COUNTER = 1
_PUBLISHED = (State.PUBLISHED.value, State.RETIRED.value)


class ContentRepository:
    """One row a version, found by its part and number."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def counter(self) -> int | None:
        """See the port."""
        async with self._sessions() as session:
            return await _counter(session)

    async def timeline(self, moment: datetime) -> Timeline:
        """See the port."""
        order = (ContentVersion.effective_at.desc(), ContentVersion.number.desc())
        rank = func.row_number().over(partition_by=(ContentVersion.kind, ContentVersion.key), order_by=order)
        past = and_(ContentVersion.state.in_(_PUBLISHED), ContentVersion.effective_at <= moment)
        ranked = select(ContentVersion.id, rank.label("rank")).where(past).subquery()
        current = select(ranked.c.id).where(ranked.c.rank == 1)
        coming = and_(ContentVersion.state.in_(_PUBLISHED), ContentVersion.effective_at > moment)
        query = select(ContentVersion).where(or_(ContentVersion.id.in_(current), coming))
        async with self._sessions() as session:
            # First, so that what is published in between is seen again by the next look at the counter.
            counter = await _counter(session)
            rows = list(await session.scalars(query))
        return Timeline(counter or 0, tuple(_standing(row) for row in rows))

    async def seed(self, texts: Mapping[Part, str], entry: Entry) -> bool:
        """See the port. The row of the counter is the lock: who inserts it puts the content in, others wait for that."""
        rows = [
            _row(Version(part, 1, State.PUBLISHED, text, "", entry.by, entry.at, entry.at))
            for part, text in texts.items()
        ]
        async with self._sessions.begin() as session:
            first = insert_if_new(session, ContentCounter, {"id": _COUNTER, "number": 1}).returning(ContentCounter.id)
            if await session.scalar(first) is None:
                return False
            await session.execute(insert(ContentVersion), rows)
            record(session, entry)
        return True

    async def versions(self, part: Part) -> list[Version]:
        """See the port."""
        query = select(ContentVersion).where(*_of(part)).order_by(ContentVersion.number.desc())
        async with self._sessions() as session:
            return [_version(row) for row in await session.scalars(query)]

    async def latest(self, kind: PartKind) -> list[Version]:
        """See the port."""
        kept = and_(ContentVersion.kind == kind.value, ContentVersion.state != State.SUPERSEDED.value)
        last = select(func.max(ContentVersion.id)).where(kept).group_by(ContentVersion.key)
        async with self._sessions() as session:
            query = select(ContentVersion).where(ContentVersion.id.in_(last)).order_by(ContentVersion.key)
            return [_version(row) for row in await session.scalars(query)]

    async def numbers(self) -> Mapping[Part, int]:
        """See the port."""
        columns = (ContentVersion.kind, ContentVersion.key)
        query = select(*columns, func.max(ContentVersion.number)).group_by(*columns)
        async with self._sessions() as session:
            return {Part(PartKind(kind), key): number for kind, key, number in await session.execute(query)}

    async def pending(self, moment: datetime) -> list[Version]:
        """See the port."""
        states = [state.value for state in (*OPEN, State.RETIRED)]
        wanted = or_(ContentVersion.state.in_(states), ContentVersion.effective_at > moment)
        async with self._sessions() as session:
            return [_version(row) for row in await session.scalars(select(ContentVersion).where(wanted))]

    async def add(self, versions: Sequence[Version], entries: Sequence[Entry], counter: int | None = None) -> bool:
        """See the port."""
        try:
            async with self._sessions.begin() as session:
                if not await add_versions(session, versions):
                    await session.rollback()
                    return False
                return await _concluded(session, entries, counter)
        except IntegrityError:
            return False

    async def change(self, change: Change, entry: Entry, counter: int | None = None) -> bool:
        """See the port."""
        here = and_(*_of(change.part), ContentVersion.number == change.number)
        columns = {"state": change.after.value, "effective_at": change.effective_at, **_decided(change.decision)}
        statement = update(ContentVersion).where(here, ContentVersion.state == change.before.value).values(columns)
        async with self._sessions.begin() as session:
            if await session.scalar(statement.returning(ContentVersion.id)) is None:
                return False
            return await _concluded(session, [entry], counter)


async def add_versions(session: AsyncSession, versions: Sequence[Version]) -> bool:
    """Add versions within the caller's transaction, which he must undo where it is False: a number is not the next.

    IntegrityError where another transaction has just added one of them.
    """
    for version in versions:
        latest = await session.scalar(select(func.max(ContentVersion.number)).where(*_of(version.part)))
        if (latest or 0) != version.number - 1:
            return False
        await _supersede(session, version.part)
    await session.execute(insert(ContentVersion), [_row(version) for version in versions])
    return True


async def _counter(session: AsyncSession) -> int | None:
    number: int | None = await session.scalar(select(ContentCounter.number).where(ContentCounter.id == _COUNTER))
    return number


async def _supersede(session: AsyncSession, part: Part) -> None:
    open_ = ContentVersion.state.in_([state.value for state in OPEN])
    await session.execute(update(ContentVersion).where(*_of(part), open_).values(state=State.SUPERSEDED.value))


async def _concluded(session: AsyncSession, entries: Sequence[Entry], counter: int | None) -> bool:
    if counter is not None:
        same = and_(ContentCounter.id == _COUNTER, ContentCounter.number == counter)
        raised = update(ContentCounter).where(same).values(number=counter + 1).returning(ContentCounter.id)
        if await session.scalar(raised) is None:
            await session.rollback()
            return False
    for entry in entries:
        record(session, entry)
    return True


def _of(part: Part) -> tuple[ColumnElement[bool], ...]:
    return ContentVersion.kind == part.kind.value, ContentVersion.key == part.key


def _row(version: Version) -> dict[str, Any]:
    return {
        "kind": version.part.kind.value,
        "key": version.part.key,
        "number": version.number,
        "state": version.state.value,
        "content": version.text,
        "note": version.note,
        "author_id": version.author.id,
        "author_name": version.author.name,
        "created_at": version.created_at,
        "effective_at": version.effective_at,
        **_decided(version.decision),
    }


def _decided(decision: Decision | None) -> dict[str, Any]:
    names = ("decided_by_id", "decided_by_name", "decided_at", "decision")
    values = (decision.by.id, decision.by.name, decision.at, decision.note) if decision else (None,) * 4
    return dict(zip(names, values, strict=True))


def _version(row: ContentVersion) -> Version:
    decision = None
    if row.decided_at is not None:
        decision = Decision(Actor(row.decided_by_id, row.decided_by_name), row.decided_at, row.decision or "")
    return Version(
        Part(PartKind(row.kind), row.key),
        row.number,
        State(row.state),
        row.content,
        row.note,
        Actor(row.author_id, row.author_name),
        row.created_at,
        row.effective_at,
        decision,
    )


def _standing(row: ContentVersion) -> Standing:
    part, retired = Part(PartKind(row.kind), row.key), row.state == State.RETIRED.value
    effective_at: Any = row.effective_at
    return Standing(part, row.number, effective_at, row.content, retired)
