"""The table of the trainings; at most one is under way."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Float, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class TrainingRun(Base):
    """A training from the click to its report. `slot` is 1 while it is under way and unique, so that there is one at a time.

    It is under way while `alive_until` is to come; its process puts that off.
    """

    __tablename__ = "training_run"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    slot: Mapped[int | None] = mapped_column(unique=True)
    by_id: Mapped[int | None] = mapped_column(BigInteger)
    by_name: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    serve: Mapped[bool]
    state: Mapped[str] = mapped_column(String(16))
    stage: Mapped[str] = mapped_column(String(64))
    done: Mapped[int]
    total: Mapped[int]
    alive_until: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    digest: Mapped[str | None] = mapped_column(String(32))
    accuracy: Mapped[float | None] = mapped_column(Float)
    problem: Mapped[str] = mapped_column(Text)
    report: Mapped[str | None] = mapped_column(Text)
