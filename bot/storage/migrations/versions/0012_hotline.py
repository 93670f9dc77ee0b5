"""Conversations that people take over, what they do and write in them, and which letters carry that."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0016"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_OPEN = {"sqlite_where": sa.text("closed_at IS NULL"), "postgresql_where": sa.text("closed_at IS NULL")}


def upgrade() -> None:
    """Add the tables, and the column of the outbox."""
    _add_conversations()
    _add_words()
    op.create_table(
        "desk_presence",
        sa.Column("key", sa.String(48), primary_key=True),
        sa.Column("handover_id", sa.BigInteger, nullable=False),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("user_name", sa.String(64), nullable=False),
        sa.Column("typing", sa.Boolean, nullable=False),
        sa.Column("until", _MOMENT, nullable=False, index=True),
    )
    op.add_column("outgoing", sa.Column("desk_message_id", sa.BigInteger))
    op.create_index("ix_outgoing_desk_message", "outgoing", ["desk_message_id"])


def _add_conversations() -> None:
    op.create_table(
        "desk_conversation",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("conversation", sa.String(160), nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("reason", sa.String(16), nullable=False),
        sa.Column("priority", sa.Integer, nullable=False),
        sa.Column("urgent", sa.String(32)),
        sa.Column("team", sa.String(40), nullable=False),
        sa.Column("begun_at", _MOMENT, nullable=False),
        sa.Column("waiting_since", _MOMENT, nullable=False),
        sa.Column("owner", sa.BigInteger),
        sa.Column("owner_name", sa.String(64), nullable=False),
        sa.Column("claimed_at", _MOMENT),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changes", sa.Integer, nullable=False),
        sa.Column("unread", sa.Integer, nullable=False),
        sa.Column("worker_at", _MOMENT, nullable=False),
        sa.Column("agent_at", _MOMENT),
        sa.Column("first_answer_at", _MOMENT),
        sa.Column("told_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT),
        sa.Column("tags", sa.Text, nullable=False),
        sa.Column("outcome", sa.String(32), nullable=False),
        sa.Column("closed_at", _MOMENT),
    )
    op.create_index("ix_desk_conversation_open", "desk_conversation", ["conversation"], unique=True, **_OPEN)
    op.create_index("ix_desk_conversation_due", "desk_conversation", ["due_at"], **_OPEN)
    op.create_index("ix_desk_conversation_of", "desk_conversation", ["conversation"])
    op.create_index("ix_desk_conversation_begun", "desk_conversation", ["begun_at"])


def _add_words() -> None:
    op.create_table(
        "desk_event",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("handover_id", sa.BigInteger, nullable=False, index=True),
        sa.Column("conversation", sa.String(160), nullable=False, index=True),
        sa.Column("at", _MOMENT, nullable=False, index=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("user_id", sa.BigInteger),
        sa.Column("user_name", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_table(
        "desk_message",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("handover_id", sa.BigInteger, nullable=False),
        sa.Column("conversation", sa.String(160), nullable=False, index=True),
        sa.Column("key", sa.String(64), nullable=False, unique=True),
        sa.Column("at", _MOMENT, nullable=False, index=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("user_name", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("reply_key", sa.String(80), nullable=False),
    )


def downgrade() -> None:
    """Take the column and the tables away."""
    op.drop_index("ix_outgoing_desk_message", "outgoing")
    op.drop_column("outgoing", "desk_message_id")
    for table in ("desk_presence", "desk_message", "desk_event", "desk_conversation"):
        op.drop_table(table)
