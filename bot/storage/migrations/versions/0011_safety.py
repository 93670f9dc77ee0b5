"""What messages are urgent about; notices given, deletions, chores and switches."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0009"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the mark, which messages of before do not have, and the tables."""
    op.add_column("exchange", sa.Column("urgent", sa.String(32)))
    op.create_table(
        "privacy_notice",
        sa.Column("conversation", sa.String(160), primary_key=True),
        sa.Column("told_at", _MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "erasure",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("at", _MOMENT, nullable=False, index=True),
        sa.Column("why", sa.String(16), nullable=False),
        sa.Column("proof", sa.String(16), nullable=False, unique=True),
        sa.Column("counts", sa.Text, nullable=False),
    )
    op.create_table(
        "chore",
        sa.Column("name", sa.String(32), primary_key=True),
        sa.Column("done_at", _MOMENT, nullable=False),
    )
    op.create_table(
        "operator_switch",
        sa.Column("name", sa.String(80), primary_key=True),
        sa.Column("stopped", sa.Boolean, nullable=False),
        sa.Column("notice", sa.Text, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(32)),
    )


def downgrade() -> None:
    """Take the mark and the tables away."""
    for table in ("operator_switch", "chore", "erasure", "privacy_notice"):
        op.drop_table(table)
    op.drop_column("exchange", "urgent")
