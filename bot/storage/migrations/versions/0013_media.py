"""Under which name a channel keeps what a message holds beside words."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0013"
down_revision = "0021"


def upgrade() -> None:
    """Add the column; of messages of before nothing can be had."""
    op.add_column("exchange", sa.Column("media", sa.String(128)))


def downgrade() -> None:
    """Take it away."""
    op.drop_column("exchange", "media")
