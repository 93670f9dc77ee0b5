"""The tables of the hotline's desk: conversations handed over, what was done to each, and what its people wrote."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment

_OPEN = sql("closed_at IS NULL")


class DeskConversation(Base):
    """One row a handover; a worker has one at most that is open.

    Who owns it changes by compare-and-set on `version`; `changes` also rises with whatever else a desk shows of it.
    `due_at` is when its timer runs out; `unread` counts what the worker wrote since a person last did.
    """

    __tablename__ = "desk_conversation"
    __table_args__ = (
        Index("ix_desk_conversation_open", "conversation", unique=True, sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_desk_conversation_due", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_desk_conversation_of", "conversation"),
        Index("ix_desk_conversation_begun", "begun_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(160))
    state: Mapped[str] = mapped_column(String(8))
    reason: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int]
    urgent: Mapped[str | None] = mapped_column(String(32))
    team: Mapped[str] = mapped_column(String(40))
    begun_at: Mapped[datetime] = mapped_column(Moment)
    waiting_since: Mapped[datetime] = mapped_column(Moment)
    owner: Mapped[int | None] = mapped_column(BigInteger)
    owner_name: Mapped[str] = mapped_column(String(64))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    version: Mapped[int]
    changes: Mapped[int]
    unread: Mapped[int]
    worker_at: Mapped[datetime] = mapped_column(Moment)
    agent_at: Mapped[datetime | None] = mapped_column(Moment)
    first_answer_at: Mapped[datetime | None] = mapped_column(Moment)
    told_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    tags: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str] = mapped_column(String(32))
    closed_at: Mapped[datetime | None] = mapped_column(Moment)


class DeskEvent(Base):
    """Something that was done to a conversation: claimed, taken over, transferred, noted, closed; by whom, and why."""

    __tablename__ = "desk_event"
    __table_args__ = (Index("ix_desk_event_conversation", "conversation"), Index("ix_desk_event_at", "at"))

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    handover_id: Mapped[int] = mapped_column(BigInteger, index=True)
    conversation: Mapped[str] = mapped_column(String(160))
    at: Mapped[datetime] = mapped_column(Moment)
    kind: Mapped[str] = mapped_column(String(16))
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    user_name: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)


class DeskMessage(Base):
    """What a person wrote to a worker; the letters of the outbox that carry it name it."""

    __tablename__ = "desk_message"
    __table_args__ = (Index("ix_desk_message_conversation", "conversation"), Index("ix_desk_message_at", "at"))

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    handover_id: Mapped[int] = mapped_column(BigInteger)
    conversation: Mapped[str] = mapped_column(String(160))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[int] = mapped_column(BigInteger)
    user_name: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    reply_key: Mapped[str] = mapped_column(String(80))


class DeskPresence(Base):
    """A person who looks at a conversation or types in it, until he is not heard of any more; `key` names both."""

    __tablename__ = "desk_presence"

    key: Mapped[str] = mapped_column(String(48), primary_key=True)
    handover_id: Mapped[int] = mapped_column(BigInteger)
    user_id: Mapped[int] = mapped_column(BigInteger)
    user_name: Mapped[str] = mapped_column(String(64))
    typing: Mapped[bool]
    until: Mapped[datetime] = mapped_column(Moment, index=True)
