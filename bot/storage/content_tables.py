"""The tables of the content: every version of every part, and the counter by which processes see a change."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class ContentVersion(Base):
    """A version of a part; `content` never changes, it is the canonical JSON of policies_kb.parts."""

    __tablename__ = "content_version"
    __table_args__ = (
        UniqueConstraint("kind", "key", "number"),
        Index("ix_content_version_state", "state"),
        Index("ix_content_version_effective_at", "effective_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    kind: Mapped[str] = mapped_column(String(16))
    key: Mapped[str] = mapped_column(String(64))
    number: Mapped[int]
    state: Mapped[str] = mapped_column(String(16))
    content: Mapped[str] = mapped_column(Text)
    note: Mapped[str] = mapped_column(Text)
    author_id: Mapped[int | None] = mapped_column(BigInteger)
    author_name: Mapped[str | None] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Moment)
    effective_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(BigInteger)
    decided_by_name: Mapped[str | None] = mapped_column(String(32))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decision: Mapped[str | None] = mapped_column(Text)


class ContentCounter(Base):
    """One row; its number rises with every change of what is published."""

    __tablename__ = "content_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    number: Mapped[int] = mapped_column(BigInteger)
