"""Workers are named by pseudonyms; their openids stand in one table, for sending."""

from __future__ import annotations

from datetime import datetime, timezone

import sqlalchemy as sa
from alembic import context, op
from alembic.util import CommandError

revision = "0018"
down_revision = "0011"

_MOMENT = sa.DateTime(timezone=True)
_PREFIX = "wechat:"


def upgrade() -> None:
    """Create the tables, and name the workers of before anew."""
    op.create_table(
        "worker_address",
        sa.Column("sender", sa.String(128), primary_key=True),
        sa.Column("channel", sa.String(16), nullable=False),
        sa.Column("address", sa.String(64), nullable=False),
        sa.Column("seen_at", _MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "privacy_key",
        sa.Column("id", sa.Integer, primary_key=True, autoincrement=False),
        sa.Column("fingerprint", sa.String(32), nullable=False),
        sa.Column("key", sa.String(64)),
    )
    openids = _openids(sa.inspect(op.get_bind()))
    if openids:
        _rename(openids)
    # The keys of events were digests of openids.
    op.execute("UPDATE exchange SET key = 'event ' || id WHERE channel = 'wechat' AND event = true")


def _rename(openids: set[str]) -> None:
    pseudonyms = context.config.attributes.get("pseudonyms")
    if pseudonyms is None:
        raise CommandError("workers' names are made with a key: start the service with PRIVACY_KEY or its file")
    now = datetime.now(timezone.utc)
    addresses = sa.table("worker_address", *(sa.column(name) for name in ("sender", "channel", "address")))
    addresses.append_column(sa.column("seen_at", _MOMENT))
    names = {openid: pseudonyms("wechat", openid) for openid in openids}
    rows = [{"sender": new, "channel": "wechat", "address": old, "seen_at": now} for old, new in names.items()]
    op.get_bind().execute(sa.insert(addresses), rows)
    _replace(names)


def downgrade() -> None:
    """Give back the openids that are known, and drop the tables."""
    rows = op.get_bind().execute(sa.text("SELECT sender, address FROM worker_address WHERE channel = 'wechat'"))
    names = {row.sender: row.address for row in rows}
    if names:
        _replace(names)
    op.drop_table("privacy_key")
    op.drop_table("worker_address")


def _named(inspector: sa.Inspector) -> list[tuple[str, str]]:
    """The tables that hold a worker's name, and in which column."""
    found = []
    for table in inspector.get_table_names():
        columns = {column["name"] for column in inspector.get_columns(table)}
        if "conversation" in columns:
            found.append((table, "conversation"))
        if {"channel", "sender"} <= columns and table != "worker_address":
            found.append((table, "sender"))
    return found


def _openids(inspector: sa.Inspector) -> set[str]:
    found: set[str] = set()
    for table, column in _named(inspector):
        where = "conversation LIKE 'wechat:%'" if column == "conversation" else "channel = 'wechat'"
        rows = op.get_bind().execute(sa.text(f"SELECT DISTINCT {column} FROM {table} WHERE {where}"))  # noqa: S608
        found |= {name.removeprefix(_PREFIX) for (name,) in rows}
    return found


def _replace(names: dict[str, str]) -> None:
    connection = op.get_bind()
    for table, column in _named(sa.inspect(connection)):
        prefix = _PREFIX if column == "conversation" else ""
        own = "" if prefix else " AND channel = 'wechat'"
        change = sa.text(f"UPDATE {table} SET {column} = :new WHERE {column} = :old{own}")  # noqa: S608
        connection.execute(change, [{"old": prefix + old, "new": prefix + new} for old, new in names.items()])
