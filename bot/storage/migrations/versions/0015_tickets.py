"""Requests to be called back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"

_MOMENT = sa.DateTime(timezone=True)
_OPEN = sa.text("done_at IS NULL")


def upgrade() -> None:
    """Add the table."""
    op.create_table(
        "desk_ticket",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
        sa.Column("conversation", sa.String(160), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("made_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT),
        sa.Column("owner", sa.BigInteger),
        sa.Column("owner_name", sa.String(64), nullable=False),
        sa.Column("done_at", _MOMENT),
        sa.Column("outcome", sa.Text, nullable=False),
    )
    op.create_index("ix_desk_ticket_open", "desk_ticket", ["due_at"], sqlite_where=_OPEN, postgresql_where=_OPEN)
    op.create_index("ix_desk_ticket_conversation", "desk_ticket", ["conversation"])
    op.create_index("ix_desk_ticket_made", "desk_ticket", ["made_at"])


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("desk_ticket")
