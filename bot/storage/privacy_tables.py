"""The tables of privacy and operation: addresses, notices given, what was deleted, daily chores, and the operators' switches."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class PrivacyNotice(Base):
    """A conversation in which the privacy notice was given."""

    __tablename__ = "privacy_notice"

    conversation: Mapped[str] = mapped_column(String(160), primary_key=True)
    told_at: Mapped[datetime] = mapped_column(Moment, index=True)


class Erasure(Base):
    """Proof of a deletion: how many rows of each table, and nothing of whom. `proof` is the number that a worker gets."""

    __tablename__ = "erasure"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    why: Mapped[str] = mapped_column(String(16))
    proof: Mapped[str] = mapped_column(String(16), unique=True)
    counts: Mapped[str] = mapped_column(Text)


class WorkerAddress(Base):
    """Where a worker is reached: everything else names him by `sender`, a pseudonym. Only what sends reads it."""

    __tablename__ = "worker_address"

    sender: Mapped[str] = mapped_column(String(128), primary_key=True)
    channel: Mapped[str] = mapped_column(String(16))
    address: Mapped[str] = mapped_column(String(64))
    seen_at: Mapped[datetime] = mapped_column(Moment, index=True)


class PrivacyKey(Base):
    """What tells whether a process names workers with the same key as those before it; one row.

    `key` is that key itself where the settings have none.
    """

    __tablename__ = "privacy_key"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    fingerprint: Mapped[str] = mapped_column(String(32))
    key: Mapped[str | None] = mapped_column(String(64))


class Chore(Base):
    """When a daily job was done last, by whichever process."""

    __tablename__ = "chore"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    done_at: Mapped[datetime] = mapped_column(Moment)


class OperatorSwitch(Base):
    """What an operator has stopped: the assistant, or a topic. A row stays when it goes on again."""

    __tablename__ = "operator_switch"

    name: Mapped[str] = mapped_column(String(80), primary_key=True)
    stopped: Mapped[bool]
    notice: Mapped[str] = mapped_column(Text)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str | None] = mapped_column(String(32))
