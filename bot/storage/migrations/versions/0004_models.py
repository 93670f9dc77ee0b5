"""Trained models, so that every process can fetch the one in service."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "model_version",
        sa.Column("digest", sa.String(32), primary_key=True),
        sa.Column("code", sa.String(32), nullable=False, index=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("checksum", sa.String(64), nullable=False),
        sa.Column("stored_at", _MOMENT, nullable=False),
        sa.Column("chosen_at", _MOMENT, nullable=False),
        sa.Column("kept", sa.Boolean, nullable=False),
    )
    op.create_table(
        "model_chunk",
        sa.Column("digest", sa.String(32), sa.ForeignKey("model_version.digest"), primary_key=True),
        sa.Column("number", sa.Integer, primary_key=True),
        sa.Column("content", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables; models are trained again where they are missing."""
    op.drop_table("model_chunk")
    op.drop_table("model_version")
