"""Online practice: what workers answered, a row for each of their days."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0021"
down_revision = "0017"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create the table."""
    op.create_table(
        "practice_day",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("day", sa.Date, nullable=False),
        sa.Column("questions", sa.Text, nullable=False),
        sa.Column("answers", sa.String(32), nullable=False),
        sa.Column("going", sa.Boolean, nullable=False),
        sa.Column("correct", sa.Integer),
        sa.Column("streak", sa.Integer, nullable=False),
        sa.Column("exchange_id", sa.BigInteger, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False, index=True),
        sa.UniqueConstraint("channel", "sender", "day"),
    )
    op.create_index("ix_practice_day_standing", "practice_day", ["day", "correct"])


def downgrade() -> None:
    """Drop the table."""
    op.drop_table("practice_day")
