"""Alembic's entry: runs migrations on the connection that the service hands over."""

from __future__ import annotations

from alembic import context

from bot.storage import (  # noqa: F401 - Their tables belong to Base.
    console_tables,
    content_tables,
    document_tables,
    exchange_tables,
    feedback_tables,
    hotline_tables,
    insight_tables,
    model_tables,
    privacy_tables,
    reply_tables,
    training_tables,
    trial_tables,
    unanswered_tables,
)
from bot.storage.tables import Base

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=Base.metadata,
    render_as_batch=True,
)
with context.begin_transaction():
    context.run_migrations()
