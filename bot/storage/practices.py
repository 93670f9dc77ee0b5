"""Keeps online practice; what workers answer is written in the transaction of the reply to it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, exists, func, select, update

from bot.conversation.ports import Outdated, Said, Waiting
from bot.practice.model import Found, Kept, Practice, Standing
from bot.storage.practice_tables import PracticeDay
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange, table_of
from bot.storage.upsert import inserts_if_new

_TABLE = table_of(PracticeDay)
_NEW = inserts_if_new(
    _TABLE,
    ("channel", "sender", "day", "questions", "answers", "going", "correct", "streak", "exchange_id", "changed_at"),
    _TABLE.c.id,
)


class PracticeRepository:
    """One row for each worker and day."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def find(self, said: Said, day: date) -> Found:
        """See the port."""
        own = PracticeDay.channel == said.channel, PracticeDay.sender == said.sender
        later = exists().where(
            Exchange.channel == said.channel,
            Exchange.sender == said.sender,
            Exchange.id > PracticeDay.exchange_id,
            Exchange.key != said.key,
        )
        today = select(PracticeDay, later).where(*own, PracticeDay.day == day)
        done = select(PracticeDay.day, PracticeDay.streak).where(
            *own, PracticeDay.day < day, PracticeDay.correct.is_not(None)
        )
        async with self._sessions() as session:
            row = (await session.execute(today)).one_or_none()
            last = (await session.execute(done.order_by(PracticeDay.day.desc()).limit(1))).one_or_none()
        practice = _practice(row[0]) if row else None
        return Found(practice, last[0] if last else None, last[1] if last else 0, bool(row and row[1]))

    async def standing(self, day: date, right: int) -> Standing:
        """See the port."""
        better = func.count().filter(PracticeDay.correct > right)
        query = select(func.count(), better).where(PracticeDay.day == day, PracticeDay.correct.is_not(None))
        async with self._sessions() as session:
            done, more = (await session.execute(query)).one()
        return Standing(done, more)


def write_practice(connection: Connection, message: Waiting, kept: Kept, at: datetime) -> None:
    """Keep the practice on top of what it was; raises Outdated where that has changed."""
    said, before = message.said, kept.before
    values = {**_values(kept.practice), "exchange_id": message.id, "changed_at": at}
    if before is None:
        row = {"channel": said.channel, "sender": said.sender, "day": kept.practice.day, **values}
        written = connection.scalar(_NEW[connection.dialect.name], row)
    else:
        same = update(_TABLE).where(
            _TABLE.c.channel == said.channel,
            _TABLE.c.sender == said.sender,
            _TABLE.c.day == before.day,
            _TABLE.c.answers == before.answers,
        )
        written = connection.scalar(same.values(values).returning(_TABLE.c.id))
    if written is None:
        raise Outdated


def _values(practice: Practice) -> Mapping[str, Any]:
    return {
        "questions": " ".join(practice.questions),
        "answers": practice.answers,
        "going": practice.going,
        "correct": practice.right if practice.done else None,
        "streak": practice.streak,
    }


def _practice(row: PracticeDay) -> Practice:
    return Practice(row.day, tuple(row.questions.split()), row.answers, row.going, row.streak)
