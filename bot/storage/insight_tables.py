"""The table of reports on what workers need."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Moment


class InsightReport(Base):
    """The last report of a period, as JSON; it holds no group of fewer than ten workers."""

    __tablename__ = "insight_report"

    days: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    until: Mapped[datetime] = mapped_column(Moment)
    content: Mapped[str] = mapped_column(Text)
