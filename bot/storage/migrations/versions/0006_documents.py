"""The texts of policy papers, and files of content that wait to be taken."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create both tables."""
    op.create_table(
        "document_edition",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("document", sa.String(64), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("items", sa.Text, nullable=False),
        sa.Column("author_id", sa.BigInteger),
        sa.Column("author_name", sa.String(32)),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.UniqueConstraint("document", "number"),
    )
    op.create_table(
        "content_upload",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("user_id", sa.BigInteger, nullable=False),
        sa.Column("user_name", sa.String(32), nullable=False),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("drafts", sa.Text, nullable=False),
    )
    op.create_index("ix_content_upload_user_id", "content_upload", ["user_id"])


def downgrade() -> None:
    """Drop both tables."""
    op.drop_table("content_upload")
    op.drop_table("document_edition")
