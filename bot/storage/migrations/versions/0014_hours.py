"""The hotline's hours."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the table; the hours are those of the file until somebody changes them."""
    op.create_table(
        "desk_hours",
        sa.Column("team", sa.String(32), primary_key=True),
        sa.Column("body", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.String(32)),
    )


def downgrade() -> None:
    """Take the table away."""
    op.drop_table("desk_hours")
