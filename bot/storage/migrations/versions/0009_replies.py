"""Canned replies of the hotline, their uses, and the counter of their changes."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0007"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_LIVE = {"sqlite_where": sa.text("archived_at IS NULL"), "postgresql_where": sa.text("archived_at IS NULL")}


def upgrade() -> None:
    """Create the tables; the counter begins at 0."""
    op.create_table(
        "desk_reply",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("owner", sa.BigInteger, nullable=False),
        sa.Column("category", sa.String(32), nullable=False),
        sa.Column("shortcut", sa.String(32)),
        sa.Column("title", sa.String(64), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("topic", sa.String(64), nullable=False),
        sa.Column("standing", sa.String(48), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", _MOMENT, nullable=False),
        sa.Column("changed_by", sa.String(32), nullable=False),
        sa.Column("archived_at", _MOMENT),
    )
    op.create_index("ix_desk_reply_title", "desk_reply", ["owner", "title"], unique=True, **_LIVE)
    op.create_index("ix_desk_reply_shortcut", "desk_reply", ["owner", "shortcut"], unique=True, **_LIVE)
    op.create_table(
        "desk_reply_use",
        sa.Column("key", sa.String(80), primary_key=True),
        sa.Column("uses", sa.BigInteger, nullable=False),
        sa.Column("used_at", _MOMENT, nullable=False),
    )
    counter = op.create_table(
        "desk_reply_counter",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(counter, [{"id": 1, "number": 0}])


def downgrade() -> None:
    """Drop the tables."""
    op.drop_table("desk_reply_counter")
    op.drop_table("desk_reply_use")
    op.drop_table("desk_reply")
