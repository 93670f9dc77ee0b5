"""The tables; they never leave this package, repositories give plain objects."""

from __future__ import annotations

from datetime import datetime, timezone
from typing import Any, cast

from sqlalchemy import (
    BigInteger,
    DateTime,
    Float,
    Index,
    Integer,
    LargeBinary,
    String,
    Table,
    Text,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Moment(TypeDecorator[datetime]):
    """A time in UTC; SQLite has no time zones, so there they are taken off and put on again."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """What is stored."""
        return None if value is None else value.astimezone(timezone.utc)

    def process_result_value(self, value: datetime | None, _dialect: Any) -> datetime | None:
        """What was stored."""
        return value.replace(tzinfo=timezone.utc) if value is not None and value.tzinfo is None else value


Identity = BigInteger().with_variant(Integer, "sqlite")


class Base(DeclarativeBase):
    """All tables of the service."""


def table_of(row: type[Base]) -> Table:
    """The table for statements without objects."""
    return cast("Table", row.__table__)


class ConversationState(Base):
    """What the assistant remembers of a conversation: a bounded state, replaced with every message.

    Whoever changes something of a conversation locks its row first, so that its messages have one order. `updated_at` is
    the time of its last reply, and `asked` tells that the worker was asked in it what he thinks of an answer.
    """

    __tablename__ = "conversation_state"

    conversation: Mapped[str] = mapped_column(String(160), primary_key=True)
    state: Mapped[bytes | None] = mapped_column(LargeBinary)
    updated_at: Mapped[datetime] = mapped_column(Moment)
    asked: Mapped[bool] = mapped_column(server_default=false())


class Exchange(Base):
    """A worker's message, once for each message key of its sender: recorded at receipt, completed by its reply.

    `owner` works on it until `leased_until`; after that anybody may. `fragment` is what the worker had said right
    before and belongs to it. `late`: the reply went to the outbox, since the channel did not wait for it. `urgent`
    names what it is urgent about, `media` under which name the channel keeps what it holds beside words.
    """

    __tablename__ = "exchange"
    __table_args__ = (
        UniqueConstraint("channel", "sender", "key"),
        Index("ix_exchange_received_at", "received_at"),
        Index(
            "ix_exchange_open",
            "channel",
            "sender",
            sqlite_where=sql("replied_at IS NULL"),
            postgresql_where=sql("replied_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(128))
    key: Mapped[str] = mapped_column(String(255))
    received_at: Mapped[datetime] = mapped_column(Moment)
    text: Mapped[str] = mapped_column(Text)
    canned: Mapped[str | None] = mapped_column(String(32))
    event: Mapped[bool] = mapped_column(server_default=false())
    media: Mapped[str | None] = mapped_column(String(128))
    deliveries: Mapped[int] = mapped_column(Integer, server_default=sql("1"))
    owner: Mapped[str | None] = mapped_column(String(32))
    leased_until: Mapped[datetime | None] = mapped_column(Moment)
    fragment: Mapped[str | None] = mapped_column(Text)
    replied_at: Mapped[datetime | None] = mapped_column(Moment)
    reply: Mapped[bytes | None] = mapped_column(LargeBinary)
    late: Mapped[bool] = mapped_column(server_default=false())
    intent: Mapped[str | None] = mapped_column(String(32))
    label: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None] = mapped_column(Float)
    urgent: Mapped[str | None] = mapped_column(String(32))


class Outgoing(Base):
    """One message to a worker outside of a channel's own reply; `exchange_id` is the message that it answers.

    Of a `person` of the hotline it has `desk_message_id` instead. It ends (`ended_at`) as sent, shown (within the reply to a later message) or failed; parked and unknown ones are
    still owed to the worker. The order of a sender's is by `place`, or by id where there is none.
    """

    __tablename__ = "outgoing"
    __table_args__ = (
        Index("ix_outgoing_sender", "channel", "sender"),
        Index("ix_outgoing_desk_message", "desk_message_id"),
        Index(
            "ix_outgoing_due",
            "due_at",
            sqlite_where=sql("state IN ('queued', 'sending')"),
            postgresql_where=sql("state IN ('queued', 'sending')"),
        ),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    sender: Mapped[str] = mapped_column(String(128))
    exchange_id: Mapped[int | None] = mapped_column(BigInteger)
    desk_message_id: Mapped[int | None] = mapped_column(BigInteger)
    kind: Mapped[str] = mapped_column(String(8))
    content: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[str] = mapped_column(String(8))
    place: Mapped[int | None] = mapped_column(BigInteger)
    attempts: Mapped[int] = mapped_column(Integer, server_default=sql("0"))
    code: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime] = mapped_column(Moment)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)


class Account(Base):
    """What all processes share of an official account: its access token, and until when its API may not be used."""

    __tablename__ = "account"

    app_id: Mapped[str] = mapped_column(String(64), primary_key=True)
    token: Mapped[str | None] = mapped_column(String(512))
    token_ends_at: Mapped[datetime | None] = mapped_column(Moment)
    renewer: Mapped[str | None] = mapped_column(String(32))
    renewing_until: Mapped[datetime | None] = mapped_column(Moment)
    passive_until: Mapped[datetime | None] = mapped_column(Moment)
    passive_code: Mapped[int | None] = mapped_column(Integer)
