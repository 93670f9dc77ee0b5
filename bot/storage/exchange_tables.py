"""The table of files that were looked at and wait to be taken."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Identity, Moment


class ContentUpload(Base):
    """One file of a person; `drafts` are the versions that it would make, as JSON."""

    __tablename__ = "content_upload"

    id: Mapped[int] = mapped_column(Identity, primary_key=True)
    user_id: Mapped[int] = mapped_column(BigInteger, index=True)
    user_name: Mapped[str] = mapped_column(String(32))
    created_at: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str] = mapped_column(String(100))
    drafts: Mapped[str] = mapped_column(Text)
