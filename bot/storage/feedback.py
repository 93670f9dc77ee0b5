"""Keeps what workers were asked about answers and what they said, and the tasks that come of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, Row, Select, and_, func, insert, select, update

from bot.accounts.audit import Entry
from bot.assistant.port import Reply
from bot.conversation.ports import Outdated, Waiting
from bot.feedback.model import Asked, Closing, Filter, Judged, Question, Reason, Task, Verdict
from bot.storage.audit import record
from bot.storage.conversation_states import note_asked
from bot.storage.feedback_tables import Feedback
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange

_TASK = Feedback.verdict == Verdict.UNHELPFUL.value


class FeedbackRepository:
    """See bot.feedback.ports."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def latest(self, channel: str, sender: str, since: datetime) -> Question | None:
        """See the port."""
        of_worker = (Feedback.channel == channel, Feedback.sender == sender)
        columns = (Feedback.id, Feedback.verdict, Feedback.asked_at, Feedback.closed_at)
        query = select(*columns).where(*of_worker).order_by(Feedback.id.desc()).limit(1)
        row = await self._sessions.read(lambda connection: connection.execute(query).one_or_none())
        if row is None or row.asked_at < since or row.closed_at is not None:
            return None
        return Question(row.id, Verdict(row.verdict) if row.verdict else None)

    async def counts(self) -> Mapping[tuple[str, Reason | None], int]:
        """See the port."""
        columns = (Feedback.topic, Feedback.reason)
        query = select(*columns, func.count()).where(_TASK, Feedback.closed_at.is_(None)).group_by(*columns)
        rows = await self._sessions.read(lambda connection: connection.execute(query).all())
        return {(topic, _reason(reason)): count for topic, reason, count in rows}

    async def page(self, chosen: Filter, skipped: int, size: int) -> Sequence[Task]:
        """See the port."""
        closed = Feedback.closed_at.is_(None) if chosen.open else Feedback.closed_at.is_not(None)
        wanted: list[ColumnElement[bool]] = [closed]
        if chosen.topics is not None:
            wanted.append(Feedback.topic.in_(chosen.topics))
        if chosen.reason is not None:
            wanted.append(Feedback.reason == chosen.reason.value)
        query = _tasks().where(*wanted).order_by(Feedback.judged_at.desc(), Feedback.id.desc())
        limited = query.offset(skipped).limit(size)
        rows = await self._sessions.read(lambda connection: connection.execute(limited).all())
        return [_task(row) for row in rows]

    async def find(self, number: int) -> Task | None:
        """See the port."""
        query = _tasks().where(Feedback.id == number)
        row = await self._sessions.read(lambda connection: connection.execute(query).one_or_none())
        return None if row is None else _task(row)

    async def close(self, number: int, closing: Closing, entry: Entry) -> bool:
        """See the port."""
        open_ = and_(Feedback.id == number, _TASK, Feedback.closed_at.is_(None))
        values = {"closed_at": closing.at, "closed_by": closing.by, "note": closing.note}
        async with self._sessions.begin() as session:
            if await session.scalar(update(Feedback).where(open_).values(values).returning(Feedback.id)) is None:
                return False
            record(session, entry)
            return True


def write_asked(connection: Connection, message: Waiting, asked: Asked, at: datetime) -> None:
    """Keep that the worker is asked about the answer to his message."""
    row = {
        "exchange_id": message.id,
        "channel": message.said.channel,
        "sender": message.said.sender,
        "topic": asked.topic,
        "topic_version": asked.version,
        "model": asked.model,
        "asked_at": at,
    }
    connection.execute(insert(Feedback).values(row))
    note_asked(connection, message.said.conversation)


def write_judged(connection: Connection, message: Waiting, judged: Judged, at: datetime) -> None:
    """Keep what he thinks; what he said before is replaced."""
    open_ = and_(Feedback.id == judged.feedback, Feedback.closed_at.is_(None))
    reason = judged.reason.value if judged.reason else None
    values = {"verdict": judged.verdict.value, "reason": reason, "judged_at": at}
    if connection.scalar(update(Feedback).where(open_).values(values).returning(Feedback.id)) is None:
        raise Outdated


def _tasks() -> Select[tuple[Feedback, str, bytes]]:
    exchange = Exchange.id == Feedback.exchange_id
    columns = (*Feedback.__table__.columns, Exchange.text, Exchange.reply)
    query: Select[tuple[Feedback, str, bytes]] = select(*columns).outerjoin(Exchange, exchange).where(_TASK)
    return query


def _task(row: Row[tuple[Feedback, str, bytes]]) -> Task:
    values = row._mapping  # noqa: SLF001 - The columns of a row by their names.
    closing = None
    if values["closed_at"] is not None:
        closing = Closing(values["closed_by"], values["closed_at"], values["note"] or "")
    reply = values["reply"]
    return Task(
        values["id"],
        values["exchange_id"],
        values["topic"],
        values["topic_version"],
        values["model"],
        values["asked_at"],
        values["judged_at"],
        _reason(values["reason"]),
        values["text"],
        None if reply is None else msgspec.json.decode(reply, type=Reply),
        closing,
    )


def _reason(value: str | None) -> Reason | None:
    return Reason(value) if value else None
