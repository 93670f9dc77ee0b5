"""The tables of trained models, which every process can fetch."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Float, ForeignKey, Integer, LargeBinary, String, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.storage.tables import Base, Moment


class ModelVersion(Base):
    """A model: `digest` of what it was trained from, `code` of the pipeline that can load it, SHA-256 of the archive.

    In service is the one of a code that was `served` and chosen last. The row of a model stays when its archive is no
    longer `kept`. `base` is the digest of the files that it was trained from, without the questions of the console;
    `chosen_base` that of the files on the machine where it was chosen. `accuracy` is the share of the held-out questions.
    """

    __tablename__ = "model_version"

    digest: Mapped[str] = mapped_column(String(32), primary_key=True)
    code: Mapped[str] = mapped_column(String(32), index=True)
    size: Mapped[int] = mapped_column(Integer)
    checksum: Mapped[str] = mapped_column(String(64))
    stored_at: Mapped[datetime] = mapped_column(Moment)
    chosen_at: Mapped[datetime] = mapped_column(Moment)
    kept: Mapped[bool]
    served: Mapped[bool] = mapped_column(server_default=true())
    base: Mapped[str | None] = mapped_column(String(32))
    chosen_base: Mapped[str | None] = mapped_column(String(32))
    by_name: Mapped[str | None] = mapped_column(String(32))
    accuracy: Mapped[float | None] = mapped_column(Float)


class ModelChunk(Base):
    """A piece of a model's archive, small enough for one statement."""

    __tablename__ = "model_chunk"

    digest: Mapped[str] = mapped_column(ForeignKey("model_version.digest"), primary_key=True)
    number: Mapped[int] = mapped_column(Integer, primary_key=True)
    content: Mapped[bytes] = mapped_column(LargeBinary)
