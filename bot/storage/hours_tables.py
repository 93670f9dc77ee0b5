"""The table of the hotline's hours."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Moment


class DeskHours(Base):
    """The hours of a team, or of all where the team has no name; `body` is JSON. What they were is in the audit log."""

    __tablename__ = "desk_hours"

    team: Mapped[str] = mapped_column(String(32), primary_key=True)
    body: Mapped[str] = mapped_column(Text)
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str | None] = mapped_column(String(32))
