"""The tables; they never leave this package, repositories give plain objects."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import DateTime, Float, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    """All tables of the service."""


class ConversationState(Base):
    """What the assistant remembers of a conversation: a bounded state, replaced with every message."""

    __tablename__ = "conversation_state"

    conversation: Mapped[str] = mapped_column(String(160), primary_key=True)
    state: Mapped[bytes] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))


class Exchange(Base):
    """A worker's message and the reply to it, once for each message key of its sender."""

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("channel", "sender", "key"),
        Index("ix_exchange_received_at", "received_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(128))
    key: Mapped[str] = mapped_column(String(255))
    received_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    replied_at: Mapped[datetime] = mapped_column(DateTime(timezone=True))
    text: Mapped[str] = mapped_column(Text)
    reply: Mapped[bytes] = mapped_column(LargeBinary)
    intent: Mapped[str | None] = mapped_column(String(32))
    label: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None] = mapped_column(Float)
