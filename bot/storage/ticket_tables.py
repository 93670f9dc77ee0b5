"""The table of requests to be called back."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, Index, String, Text
from sqlalchemy import text as sql
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment

_OPEN = sql("done_at IS NULL")


class DeskTicket(Base):
    """What a worker left in a conversation, with his number; `owner` has taken it to call him."""

    __tablename__ = "desk_ticket"
    __table_args__ = (
        Index("ix_desk_ticket_open", "due_at", sqlite_where=_OPEN, postgresql_where=_OPEN),
        Index("ix_desk_ticket_conversation", "conversation"),
        Index("ix_desk_ticket_made", "made_at"),
    )

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    conversation: Mapped[str] = mapped_column(String(160))
    text: Mapped[str] = mapped_column(Text)
    made_at: Mapped[datetime] = mapped_column(Moment)
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    owner: Mapped[int | None] = mapped_column(BigInteger)
    owner_name: Mapped[str] = mapped_column(String(64))
    done_at: Mapped[datetime | None] = mapped_column(Moment)
    outcome: Mapped[str] = mapped_column(Text)
