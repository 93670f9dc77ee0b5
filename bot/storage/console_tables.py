"""The tables of the accounts: people, their sessions, their failures to sign in, and the audit log."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class ConsoleUser(Base):
    """A person who works in the consoles; never deleted, since the log speaks of them. Roles are joined by spaces."""

    __tablename__ = "console_user"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    name: Mapped[str] = mapped_column(String(32), unique=True)
    display_name: Mapped[str] = mapped_column(String(64))
    roles: Mapped[str] = mapped_column(String(64))
    password_hash: Mapped[str] = mapped_column(String(255))
    temporary: Mapped[bool]
    secret: Mapped[str | None] = mapped_column(String(64))
    pending: Mapped[str | None] = mapped_column(String(64))
    last_counter: Mapped[int | None] = mapped_column(BigInteger)
    disabled: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    signed_in_at: Mapped[datetime | None] = mapped_column(Moment)


class ConsoleSession(Base):
    """A browser in which a person signed in; of its cookie only the hash."""

    __tablename__ = "console_session"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("console_user.id"), index=True)
    complete: Mapped[bool]
    created_at: Mapped[datetime] = mapped_column(Moment)
    last_used_at: Mapped[datetime] = mapped_column(Moment)
    expires_at: Mapped[datetime] = mapped_column(Moment)
    address: Mapped[str] = mapped_column(String(45))
    browser: Mapped[str] = mapped_column(String(200))


class SignInFailures(Base):
    """How often an account or an address failed to sign in, and from when on it may try again."""

    __tablename__ = "sign_in_failures"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    failures: Mapped[int]
    last_at: Mapped[datetime] = mapped_column(Moment)
    free_at: Mapped[datetime] = mapped_column(Moment)


class AuditEntry(Base):
    """One act; triggers in the database refuse to change or delete it."""

    __tablename__ = "audit_entry"
    __table_args__ = (
        Index("ix_audit_entry_at", "at"),
        Index("ix_audit_entry_object", "kind", "object_id"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    user_id: Mapped[int | None] = mapped_column(BigInteger)
    user_name: Mapped[str | None] = mapped_column(String(32))
    verb: Mapped[str] = mapped_column(String(32))
    kind: Mapped[str] = mapped_column(String(32))
    object_id: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    before: Mapped[str] = mapped_column(Text)
    after: Mapped[str] = mapped_column(Text)
