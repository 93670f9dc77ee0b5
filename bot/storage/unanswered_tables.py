"""The tables of what was not answered: the questions, masked, their clusters, and how far was gathered."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class UnansweredQuestion(Base):
    """A question with its cluster; `day` is the day in China, `text` is masked. It goes with its worker's data."""

    __tablename__ = "unanswered_question"
    __table_args__ = (
        Index("ix_unanswered_question_cluster", "cluster_id"),
        Index("ix_unanswered_question_sender", "channel", "sender"),
        Index("ix_unanswered_question_at", "at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    exchange_id: Mapped[int] = mapped_column(BigInteger, unique=True)
    cluster_id: Mapped[int] = mapped_column(BigInteger)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(128))
    at: Mapped[datetime] = mapped_column(Moment)
    day: Mapped[str] = mapped_column(String(10))
    kind: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(Text)


class UnansweredCluster(Base):
    """What questions have in common, as numbers without a text, and what was decided on them."""

    __tablename__ = "unanswered_cluster"
    __table_args__ = (Index("ix_unanswered_cluster_state", "state"),)

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    features: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(16))
    version: Mapped[int]
    topic: Mapped[str | None] = mapped_column(String(64))
    note: Mapped[str | None] = mapped_column(Text)
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by: Mapped[str | None] = mapped_column(String(32))


class UnansweredRound(Base):
    """One row: how often was gathered, and the message and the handover up to which all is settled."""

    __tablename__ = "unanswered_round"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
    mark: Mapped[int] = mapped_column(BigInteger)
    handovers: Mapped[int] = mapped_column(BigInteger)
