"""The table of what was tried out in batches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, LargeBinary, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class TrialRun(Base):
    """A batch of questions; `results` are JSON, packed, once it is over. It is under way while `alive_until` is to come."""

    __tablename__ = "trial_run"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(100))
    by_id: Mapped[int | None] = mapped_column(BigInteger)
    by_name: Mapped[str | None] = mapped_column(String(32))
    at: Mapped[datetime] = mapped_column(Moment)
    conditions: Mapped[str] = mapped_column(Text)
    model: Mapped[str] = mapped_column(String(32))
    content: Mapped[int] = mapped_column(BigInteger)
    state: Mapped[str] = mapped_column(String(16))
    alive_until: Mapped[datetime] = mapped_column(Moment)
    total: Mapped[int]
    done: Mapped[int]
    right: Mapped[int]
    failed: Mapped[int]
    left_out: Mapped[str] = mapped_column(Text)
    results: Mapped[bytes | None] = mapped_column(LargeBinary)
