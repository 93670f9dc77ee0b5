"""The table of what workers were asked about answers, and what they said."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment

_OPEN = sql("verdict = 'unhelpful' AND closed_at IS NULL")


class Feedback(Base):
    """A question about the answer of an exchange, with the model and the topic's version that gave it.

    An answer that was of no use is a task until it is closed.
    """

    __tablename__ = "feedback"
    __table_args__ = (
        Index("ix_feedback_sender", "channel", "sender"),
        Index("ix_feedback_asked_at", "asked_at"),
        Index("ix_feedback_open", "judged_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    exchange_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(128))
    topic: Mapped[str] = mapped_column(String(64))
    topic_version: Mapped[int | None]
    model: Mapped[str] = mapped_column(String(64))
    asked_at: Mapped[datetime] = mapped_column(Moment)
    verdict: Mapped[str | None] = mapped_column(String(16))
    reason: Mapped[str | None] = mapped_column(String(16))
    judged_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    closed_by: Mapped[str | None] = mapped_column(String(32))
    note: Mapped[str | None] = mapped_column(Text)
