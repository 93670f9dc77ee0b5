"""Keeps what was not answered, cluster by cluster; decisions and what they make of the content are one transaction."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import Connection, and_, delete, exists, insert, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.sql.dml import ReturningUpdate

from bot.accounts.audit import Entry
from bot.content.model import Version
from bot.storage import gathering
from bot.storage.audit import record
from bot.storage.content import add_versions
from bot.storage.sessions import Sessions
from bot.storage.unanswered_tables import UnansweredCluster, UnansweredQuestion, UnansweredRound
from bot.unanswered.model import Change, Features, Gathered, Joined, Kept, Known, Outcome, Round, State
from policies_kb.chinese_date import HERE

_ROUND = 1
_EMPTY = ~exists().where(UnansweredQuestion.cluster_id == UnansweredCluster.id)


class UnansweredRepository:
    """See bot.unanswered.ports.Mined, and Clusters.decide."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def round(self) -> Round:
        """See the port."""
        return await self._sessions.read(_round)

    async def gather(self, before: Round, settled: datetime, most: int) -> Gathered:
        """See the port."""
        return await self._sessions.read(lambda connection: gathering.gather(connection, before, settled, most))

    async def clusters(self) -> Sequence[Known]:
        """See the port."""
        columns = (UnansweredCluster.id, UnansweredCluster.features, UnansweredCluster.state)
        query = select(*columns).order_by(UnansweredCluster.id)
        rows = await self._sessions.read(lambda connection: connection.execute(query).all())
        return [
            Known(row.id, msgspec.msgpack.decode(row.features, type=dict[int, float]), row.state != State.OPEN.value)
            for row in rows
        ]

    async def keep(self, before: Round, kept: Kept) -> bool:
        """See the port."""

        def write(connection: Connection) -> bool:
            if not _ended(connection, before, kept):
                connection.rollback()
                return False
            numbers = _write_clusters(connection, kept.changed)
            for number, into in kept.merged.items():
                moved = update(UnansweredQuestion).where(UnansweredQuestion.cluster_id == number)
                connection.execute(moved.values(cluster_id=numbers.get(into, into)))
            if kept.joined:
                rows = [_row(one, numbers.get(one.cluster, one.cluster)) for one in kept.joined]
                connection.execute(insert(UnansweredQuestion), rows)
            forgotten = and_(UnansweredCluster.state == State.OPEN.value, _EMPTY)
            connection.execute(delete(UnansweredCluster).where(forgotten))
            return True

        return await self._sessions.transact(write)

    async def decide(self, change: Change, entries: Sequence[Entry], versions: Sequence[Version] = ()) -> Outcome:
        """See the port."""
        seen = and_(UnansweredCluster.id == change.cluster, UnansweredCluster.version == change.seen)
        decision = change.decision
        values = {
            "state": change.state.value,
            "version": change.seen + 1,
            "topic": decision.topic,
            "note": decision.note,
            "decided_at": decision.at,
            "decided_by": decision.by,
        }
        statement = update(UnansweredCluster).where(seen).values(values).returning(UnansweredCluster.id)
        try:
            return await self._decide(statement, entries, versions)
        except IntegrityError:
            return Outcome.CONFLICT

    async def _decide(
        self, statement: ReturningUpdate[tuple[int]], entries: Sequence[Entry], versions: Sequence[Version]
    ) -> Outcome:
        async with self._sessions.begin() as session:
            if await session.scalar(statement) is None:
                return Outcome.STALE
            if versions and not await add_versions(session, versions):
                await session.rollback()
                return Outcome.CONFLICT
            for entry in entries:
                record(session, entry)
            return Outcome.DONE


def _round(connection: Connection) -> Round:
    columns = (UnansweredRound.number, UnansweredRound.mark, UnansweredRound.handovers)
    row = connection.execute(select(*columns)).one()
    return Round(row.number, row.mark, row.handovers)


def _ended(connection: Connection, before: Round, kept: Kept) -> bool:
    """Whether this is the round after the one that was seen; the row is the lock."""
    seen = and_(UnansweredRound.id == _ROUND, UnansweredRound.number == before.number)
    values = {"number": before.number + 1, "mark": kept.mark, "handovers": kept.handovers}
    statement = update(UnansweredRound).where(seen).values(values)
    return connection.scalar(statement.returning(UnansweredRound.id)) is not None


def _write_clusters(connection: Connection, changed: Mapping[int, Features]) -> dict[int, int]:
    """The numbers that new clusters have got, by those that they had before."""
    numbers = {}
    for number in sorted(changed, key=lambda number: (number < 0, abs(number))):
        features = msgspec.msgpack.encode(changed[number])
        if number > 0:
            statement = update(UnansweredCluster).where(UnansweredCluster.id == number).values(features=features)
            connection.execute(statement)
        else:
            row = {"features": features, "state": State.OPEN.value, "version": 1}
            new = insert(UnansweredCluster).values(row).returning(UnansweredCluster.id)
            numbers[number] = connection.scalars(new).one()
    return numbers


def _row(joined: Joined, cluster: int) -> dict[str, Any]:
    found = joined.found
    return {
        "exchange_id": found.exchange,
        "cluster_id": cluster,
        "channel": found.channel,
        "sender": found.sender,
        "at": found.at,
        "day": found.at.astimezone(HERE).date().isoformat(),
        "kind": found.kind.value,
        "text": found.text,
    }
