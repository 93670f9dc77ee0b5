"""Inserts that leave alone what is there already, in the dialect of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Table, bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.dml import ReturningInsert

from bot.storage.tables import Base


def insert_if_new(
    session: AsyncSession, table: type[Base], row: Mapping[str, Any]
) -> postgresql.Insert | sqlite.Insert:
    """The statement that inserts a row unless one with the same unique values is there."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).values(**row).on_conflict_do_nothing()
    return postgresql.insert(table).values(**row).on_conflict_do_nothing()


def inserts_if_new(
    table: Table, columns: Sequence[str], *returned: ColumnElement[Any]
) -> Mapping[str, ReturningInsert[Any]]:
    """The same by the name of each dialect, for rows of such columns, giving `returned` where a row is new.

    Made once and used for each message: to make a statement takes longer than to execute it.
    """
    row: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in columns}
    return {
        "sqlite": sqlite.insert(table).values(row).on_conflict_do_nothing().returning(*returned),
        "postgresql": postgresql.insert(table).values(row).on_conflict_do_nothing().returning(*returned),
    }
