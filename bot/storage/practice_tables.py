"""The table of online practice."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, Date, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class PracticeDay(Base):
    """A worker's practice of one day. `correct` is how many are right, and NULL until all is answered.

    `exchange_id` is the message whose reply put the open question. Names of questions are joined by spaces.
    """

    __tablename__ = "practice_day"
    __table_args__ = (
        UniqueConstraint("channel", "sender", "day"),
        Index("ix_practice_day_standing", "day", "correct"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(128))
    day: Mapped[date] = mapped_column(Date)
    questions: Mapped[str] = mapped_column(Text)
    answers: Mapped[str] = mapped_column(String(32))
    going: Mapped[bool]
    correct: Mapped[int | None]
    streak: Mapped[int]
    exchange_id: Mapped[int] = mapped_column(BigInteger)
    changed_at: Mapped[datetime] = mapped_column(Moment, index=True)
