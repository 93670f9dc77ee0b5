"""What was tried out, the trainings, and what is known of each model beside its archive."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def upgrade() -> None:
    """Create two tables; models that are there were all put into service once."""
    op.create_table(
        "trial_run",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("by_id", sa.BigInteger),
        sa.Column("by_name", sa.String(32)),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("conditions", sa.Text, nullable=False),
        sa.Column("model", sa.String(32), nullable=False),
        sa.Column("content", sa.BigInteger, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("alive_until", _MOMENT, nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("total", "done", "right", "failed")),
        sa.Column("left_out", sa.Text, nullable=False),
        sa.Column("results", sa.LargeBinary),
    )
    _create_training_run()
    for column in (
        sa.Column("served", sa.Boolean, nullable=False, server_default=sa.true()),
        *(sa.Column(name, sa.String(32)) for name in ("base", "chosen_base", "by_name")),
        sa.Column("accuracy", sa.Float),
    ):
        op.add_column("model_version", column)


def _create_training_run() -> None:
    op.create_table(
        "training_run",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("slot", sa.Integer, unique=True),
        sa.Column("by_id", sa.BigInteger),
        sa.Column("by_name", sa.String(32)),
        sa.Column("at", _MOMENT, nullable=False),
        sa.Column("serve", sa.Boolean, nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("stage", sa.String(64), nullable=False),
        *(sa.Column(name, sa.Integer, nullable=False) for name in ("done", "total")),
        sa.Column("alive_until", _MOMENT, nullable=False),
        sa.Column("ended_at", _MOMENT),
        sa.Column("digest", sa.String(32)),
        sa.Column("accuracy", sa.Float),
        sa.Column("problem", sa.Text, nullable=False),
        sa.Column("report", sa.Text),
    )


def downgrade() -> None:
    """Drop what was created."""
    for name in ("accuracy", "by_name", "chosen_base", "base", "served"):
        op.drop_column("model_version", name)
    op.drop_table("training_run")
    op.drop_table("trial_run")
