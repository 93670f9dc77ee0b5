"""What was not answered, and what becomes of it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0017"
down_revision = "0019"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Add the tables; what was asked before is gathered by the first round."""
    op.create_table(
        "unanswered_question",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("exchange_id", sa.BigInteger, nullable=False, unique=True),
        sa.Column("cluster_id", sa.BigInteger, nullable=False),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("day", sa.String(10), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
    op.create_index("ix_unanswered_question_cluster", "unanswered_question", ["cluster_id"])
    op.create_index("ix_unanswered_question_sender", "unanswered_question", ["channel", "sender"])
    op.create_index("ix_unanswered_question_at", "unanswered_question", ["at"])
    op.create_table(
        "unanswered_cluster",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("features", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("topic", sa.String(64)),
        sa.Column("note", sa.Text),
        sa.Column("decided_at", _MOMENT),
        sa.Column("decided_by", sa.String(32)),
    )
    op.create_index("ix_unanswered_cluster_state", "unanswered_cluster", ["state"])
    rounds = op.create_table(
        "unanswered_round",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("mark", sa.BigInteger, nullable=False),
        sa.Column("handovers", sa.BigInteger, nullable=False),
    )
    op.bulk_insert(rounds, [{"id": 1, "number": 0, "mark": 0, "handovers": 0}])


def downgrade() -> None:
    """Take the tables away."""
    for table in ("unanswered_round", "unanswered_cluster", "unanswered_question"):
        op.drop_table(table)
