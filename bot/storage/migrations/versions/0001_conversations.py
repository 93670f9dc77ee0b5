"""Conversations: the assistant's state, and messages with their replies."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "conversation_state",
        sa.Column("conversation", sa.String(160), primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "exchange",
        sa.Column("id", sa.Integer, primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("key", sa.String(255), nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("replied_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reply", sa.LargeBinary, nullable=False),
        sa.Column("intent", sa.String(32)),
        sa.Column("label", sa.String(64)),
        sa.Column("confidence", sa.Float),
        sa.UniqueConstraint("channel", "sender", "key"),
    )
    op.create_index("ix_exchange_received_at", "exchange", ["received_at"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("exchange")
    op.drop_table("conversation_state")
