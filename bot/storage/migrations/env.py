"""Alembic's entry: runs migrations on the connection that the service hands over."""

from __future__ import annotations

from alembic import context

from bot.storage import console_tables, content_tables, model_tables, privacy_tables  # noqa: F401 - Their tables belong to Base.
from bot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
