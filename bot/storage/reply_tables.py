"""The tables of the canned replies: the texts, how often each was used, and the counter by which processes see a change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment

_LIVE = sql("archived_at IS NULL")


class DeskReply(Base):
    """A reply of the team's (owner 0) or of a person's own; without a shortcut it has none, not an empty one."""

    __tablename__ = "desk_reply"
    __table_args__ = (
        Index("ix_desk_reply_title", "owner", "title", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
        Index("ix_desk_reply_shortcut", "owner", "shortcut", unique=True, sqlite_where=_LIVE, postgresql_where=_LIVE),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    owner: Mapped[int] = mapped_column(BigInteger)
    category: Mapped[str] = mapped_column(String(32))
    shortcut: Mapped[str | None] = mapped_column(String(32))
    title: Mapped[str] = mapped_column(String(64))
    text: Mapped[str] = mapped_column(Text)
    topic: Mapped[str] = mapped_column(String(64))
    standing: Mapped[str] = mapped_column(String(48))
    version: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(Moment)
    changed_by: Mapped[str] = mapped_column(String(32))
    archived_at: Mapped[datetime | None] = mapped_column(Moment)


class DeskReplyUse(Base):
    """How often a reply was used; `key` names replies that are topics, too."""

    __tablename__ = "desk_reply_use"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    uses: Mapped[int] = mapped_column(BigInteger)
    used_at: Mapped[datetime] = mapped_column(Moment)


class DeskReplyCounter(Base):
    """One row; its number rises with every change of a reply."""

    __tablename__ = "desk_reply_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
