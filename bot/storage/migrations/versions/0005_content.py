"""The content: versions of its parts, and the counter of what is published."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create both tables; the first start puts the shipped content in."""
    op.create_table(
        "content_version",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("content", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("author_id", sa.BigInteger),
        sa.Column("author_name", sa.String(32)),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("effective_at", _MOMENT),
        sa.Column("decided_by_id", sa.BigInteger),
        sa.Column("decided_by_name", sa.String(32)),
        sa.Column("decided_at", _MOMENT),
        sa.Column("decision", sa.Text),
        sa.UniqueConstraint("kind", "key", "number"),
    )
    op.create_index("ix_content_version_state", "content_version", ["state"])
    op.create_index("ix_content_version_effective_at", "content_version", ["effective_at"])
    op.create_table(
        "content_counter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("content_counter")
    op.drop_table("content_version")
