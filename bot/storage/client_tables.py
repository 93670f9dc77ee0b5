"""The tables of the interface's clients, and of how often somebody asked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class ApiClient(Base):
    """A client; never deleted, since the log speaks of it. `origins` are joined by spaces."""

    __tablename__ = "api_client"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    public: Mapped[str] = mapped_column(String(16), unique=True)
    key_hash: Mapped[str] = mapped_column(String(64), unique=True)
    name: Mapped[str] = mapped_column(String(40), unique=True)
    per_minute: Mapped[int]
    per_day: Mapped[int]
    origins: Mapped[str] = mapped_column(Text)
    disabled: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)


class ApiUse(Base):
    """How often a client or an address asked within a minute or a day, which ends then."""

    __tablename__ = "api_use"

    key: Mapped[str] = mapped_column(String(96), primary_key=True)
    used: Mapped[int]
    ends_at: Mapped[datetime] = mapped_column(Moment, index=True)
