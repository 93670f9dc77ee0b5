"""Delivery: messages are recorded at receipt, late answers go through an outbox, processes share the token."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_MOMENT = sa.DateTime(timezone=True)
_IDENTITY = sa.BigInteger().with_variant(sa.Integer, "sqlite")
_OPEN = sa.text("replied_at IS NULL")
_UNDER_WAY = sa.text("state IN ('queued', 'sending')")


def upgrade() -> None:
    """Extend the exchange; create the outbox and the account."""
    with op.batch_alter_table("conversation_state") as batch:
        batch.alter_column("state", existing_type=sa.LargeBinary, nullable=True)
    _upgrade_exchange()
    op.create_table(
        "outgoing",
        sa.Column("id", _IDENTITY, primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("sender", sa.String(128), nullable=False),
        sa.Column("exchange_id", sa.BigInteger),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("content", sa.LargeBinary, nullable=False),
        sa.Column("state", sa.String(8), nullable=False),
        sa.Column("place", sa.BigInteger),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("code", sa.Integer),
        sa.Column("created_at", _MOMENT, nullable=False),
        sa.Column("due_at", _MOMENT, nullable=False),
        sa.Column("sent_at", _MOMENT),
        sa.Column("ended_at", _MOMENT),
    )
    op.create_index("ix_outgoing_sender", "outgoing", ["channel", "sender"])
    op.create_index("ix_outgoing_due", "outgoing", ["due_at"], sqlite_where=_UNDER_WAY, postgresql_where=_UNDER_WAY)
    op.create_table(
        "account",
        sa.Column("app_id", sa.String(64), primary_key=True),
        sa.Column("token", sa.String(512)),
        sa.Column("token_ends_at", _MOMENT),
        sa.Column("renewer", sa.String(32)),
        sa.Column("renewing_until", _MOMENT),
        sa.Column("passive_until", _MOMENT),
        sa.Column("passive_code", sa.Integer),
    )


def _upgrade_exchange() -> None:
    postgresql = op.get_bind().dialect.name == "postgresql"
    with op.batch_alter_table("exchange") as batch:
        batch.add_column(sa.Column("canned", sa.String(32)))
        batch.add_column(sa.Column("event", sa.Boolean, nullable=False, server_default=sa.false()))
        batch.add_column(sa.Column("deliveries", sa.Integer, nullable=False, server_default=sa.text("1")))
        batch.add_column(sa.Column("owner", sa.String(32)))
        batch.add_column(sa.Column("leased_until", _MOMENT))
        batch.add_column(sa.Column("fragment", sa.Text))
        batch.add_column(sa.Column("late", sa.Boolean, nullable=False, server_default=sa.false()))
        batch.alter_column("replied_at", existing_type=_MOMENT, nullable=True)
        batch.alter_column("reply", existing_type=sa.LargeBinary, nullable=True)
        if postgresql:
            batch.alter_column("id", existing_type=sa.Integer, type_=sa.BigInteger)
    if postgresql:
        op.execute("ALTER SEQUENCE exchange_id_seq AS BIGINT")
    op.create_index("ix_exchange_open", "exchange", ["channel", "sender"], sqlite_where=_OPEN, postgresql_where=_OPEN)


def downgrade() -> None:
    """Drop what was added, and with it the messages that have no reply."""
    op.drop_table("account")
    op.drop_table("outgoing")
    op.drop_index("ix_exchange_open", "exchange")
    op.execute("DELETE FROM exchange WHERE replied_at IS NULL")
    op.execute("DELETE FROM conversation_state WHERE state IS NULL")
    with op.batch_alter_table("exchange") as batch:
        for column in ("canned", "event", "deliveries", "owner", "leased_until", "fragment", "late"):
            batch.drop_column(column)
        batch.alter_column("replied_at", existing_type=_MOMENT, nullable=False)
        batch.alter_column("reply", existing_type=sa.LargeBinary, nullable=False)
    with op.batch_alter_table("conversation_state") as batch:
        batch.alter_column("state", existing_type=sa.LargeBinary, nullable=False)
