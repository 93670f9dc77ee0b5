"""What workers think of answers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0018"

_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("verdict = 'unhelpful' AND closed_at IS NULL")


def upgrade() -> None:
    """Note in a conversation that its worker was asked, and keep what he said."""
    asked = sa.Column("asked", sa.Boolean, nullable=False, server_default=sa.false())
    op.add_column("conversation_state", asked)
    op.create_table(
        "feedback",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("exchange_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("topic_version", sa.Integer),
        sa.Column("model", sa.String(64), nullable=False),
        sa.Column("asked_at", _MOMENT, nullable=False),
        sa.Column("verdict", sa.String(16)),
        sa.Column("reason", sa.String(16)),
        sa.Column("judged_at", _MOMENT),
        sa.Column("closed_at", _MOMENT),
        sa.Column("closed_by", sa.String(32)),
        sa.Column("note", sa.Text),
    )
    op.create_index("ix_feedback_sender", "feedback", ["channel", "sender"])
    op.create_index("ix_feedback_asked_at", "feedback", ["asked_at"])
    op.create_index("ix_feedback_open", "feedback", ["judged_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    """Forget both."""
    op.drop_table("feedback")
    op.drop_column("conversation_state", "asked")
