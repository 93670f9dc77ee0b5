"""Reads what was not answered as people look at it: clusters in their order, their questions, the conversations around."""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import msgspec
from sqlalchemy import Connection, Row, Select, and_, exists, func, or_, select

from bot.assistant.port import Reply
from bot.feedback.model import Verdict
from bot.storage.feedback_tables import Feedback
from bot.storage.tables import Exchange
from bot.storage.unanswered import UnansweredRepository
from bot.storage.unanswered_tables import UnansweredCluster, UnansweredQuestion
from bot.unanswered.model import Cluster, Decision, Kind, Line, Member, State

_SHOWN = 3
"""Texts of a cluster in a list."""
_AROUND = timedelta(minutes=30)
_LINES = 40
_WORKER = UnansweredQuestion.channel + ":" + UnansweredQuestion.sender


class ClusterRepository(UnansweredRepository):
    """See bot.unanswered.ports.Clusters."""

    async def page(self, states: Sequence[State], skipped: int, size: int) -> Sequence[Cluster]:
        """See the port."""
        chosen = UnansweredCluster.state.in_([state.value for state in states])
        query = _clusters().where(chosen).offset(skipped).limit(size)
        return await self._sessions.read(lambda connection: _read(connection, query))

    async def find(self, number: int) -> Cluster | None:
        """See the port."""
        query = _clusters().where(UnansweredCluster.id == number)
        return next(iter(await self._sessions.read(lambda connection: _read(connection, query))), None)

    async def texts(self, number: int, most: int) -> Sequence[str]:
        """See the port."""
        count, first = func.count(), func.min(UnansweredQuestion.id)
        of_cluster = select(UnansweredQuestion.text).where(UnansweredQuestion.cluster_id == number)
        query = of_cluster.group_by(UnansweredQuestion.text).order_by(count.desc(), first).limit(most)
        return await self._sessions.read(lambda connection: connection.scalars(query).all())

    async def members(self, number: int, skipped: int, size: int) -> Sequence[Member]:
        """See the port."""
        query = select(UnansweredQuestion.__table__).where(UnansweredQuestion.cluster_id == number)
        limited = query.order_by(UnansweredQuestion.id.desc()).offset(skipped).limit(size)
        rows = await self._sessions.read(lambda connection: connection.execute(limited).all())
        return [
            Member(row.exchange_id, _who(row.channel, row.sender), row.at, row.text, Kind(row.kind)) for row in rows
        ]

    async def conversation(self, exchange: int) -> Sequence[Line]:
        """See the port."""
        return await self._sessions.read(lambda connection: _conversation(connection, exchange))


def _clusters() -> Select[Any]:
    """Clusters with what is counted of their questions, in the order in which they matter."""
    days = func.count(UnansweredQuestion.day.distinct()).label("days")
    workers = func.count(_WORKER.distinct()).label("workers")
    questions, last_at = func.count().label("questions"), func.max(UnansweredQuestion.at).label("last_at")
    after = and_(UnansweredCluster.decided_at.is_not(None), UnansweredQuestion.at > UnansweredCluster.decided_at)
    since = func.count(UnansweredQuestion.id).filter(after).label("since")
    kinds = [
        func.count(UnansweredQuestion.id).filter(UnansweredQuestion.kind == kind.value).label(kind.value)
        for kind in Kind
    ]
    columns = [column for column in UnansweredCluster.__table__.columns if column.name != "features"]
    joined = UnansweredQuestion.cluster_id == UnansweredCluster.id
    return (
        select(*columns, days, workers, questions, last_at, since, *kinds)
        .join(UnansweredQuestion, joined)
        .group_by(*columns)
        .order_by(days.desc(), workers.desc(), questions.desc(), last_at.desc(), UnansweredCluster.id)
    )


def _read(connection: Connection, query: Select[Any]) -> list[Cluster]:
    rows = connection.execute(query).all()
    texts = _texts(connection, [row.id for row in rows])
    return [_cluster(row, texts[row.id]) for row in rows]


def _texts(connection: Connection, clusters: Sequence[int]) -> Mapping[int, list[str]]:
    count, first = func.count(), func.min(UnansweredQuestion.id)
    columns = (UnansweredQuestion.cluster_id, UnansweredQuestion.text)
    place = func.row_number().over(partition_by=UnansweredQuestion.cluster_id, order_by=(count.desc(), first))
    counted = select(*columns, place.label("place")).where(UnansweredQuestion.cluster_id.in_(clusters))
    ranked = counted.group_by(*columns).subquery()
    query = select(ranked).where(ranked.c.place <= _SHOWN).order_by(ranked.c.cluster_id, ranked.c.place)
    found: defaultdict[int, list[str]] = defaultdict(list)
    for row in connection.execute(query):
        found[row.cluster_id].append(row.text)
    return found


def _cluster(row: Row[Any], texts: Sequence[str]) -> Cluster:
    values = row._mapping  # noqa: SLF001 - The columns of a row by their names.
    decision = None
    if row.decided_at is not None:
        decision = Decision(row.decided_by, row.decided_at, row.note or "", row.topic)
    return Cluster(
        row.id,
        State(row.state),
        row.version,
        row.days,
        row.workers,
        row.questions,
        row.last_at,
        {kind: values[kind.value] for kind in Kind if values[kind.value]},
        tuple(texts),
        decision,
        row.since,
    )


def _conversation(connection: Connection, exchange: int) -> list[Line]:
    """Only what belongs to a question that was gathered, or to an answer of no use, can be opened."""
    useless = and_(Feedback.exchange_id == Exchange.id, Feedback.verdict == Verdict.UNHELPFUL.value)
    gathered = or_(exists().where(UnansweredQuestion.exchange_id == Exchange.id), exists().where(useless))
    columns = (Exchange.id, Exchange.channel, Exchange.sender, Exchange.received_at, Exchange.text, Exchange.reply)
    this = connection.execute(select(*columns).where(Exchange.id == exchange, gathered)).one_or_none()
    if this is None:
        return []
    near = Exchange.received_at.between(this.received_at - _AROUND, this.received_at + _AROUND)
    around = select(*columns).where(Exchange.channel == this.channel, Exchange.sender == this.sender, near)
    distance = func.abs(Exchange.id - exchange)
    rows = connection.execute(around.order_by(distance).limit(_LINES)).all()
    return [_line(row, exchange) for row in sorted(rows, key=lambda row: int(row.id))]


def _line(row: Row[Any], exchange: int) -> Line:
    reply = msgspec.json.decode(row.reply, type=Reply) if row.reply is not None else Reply(())
    replies = tuple("\n".join((one.text, *one.options)) for one in reply.messages)
    return Line(row.received_at, row.text, replies, row.id == exchange)


def _who(channel: str, sender: str) -> str:
    return hashlib.sha256(f"{channel}:{sender}".encode()).hexdigest()[:6].upper()
