"""What messages are urgent about."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0005"


def upgrade() -> None:
    """Add the mark; messages of before have none."""
    op.add_column("exchange", sa.Column("urgent", sa.String(32)))


def downgrade() -> None:
    """Take the mark away."""
    op.drop_column("exchange", "urgent")
