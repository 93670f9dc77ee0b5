"""Inserts that leave alone what is there already, in the dialect of the engine."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import ModuleType
from typing import Any

from sqlalchemy import ColumnElement, Table, TextClause, bindparam, text
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


def inserts_if_new(table: Table, columns: Sequence[str], *returned: ColumnElement[Any]) -> Mapping[str, TextClause]:
    """The same by the name of each dialect, for rows of such columns, giving `returned` where a row is new.

    As text, since SQLAlchemy compiles this kind of statement anew for each execution, which takes longer than that.
    """
    row: dict[str, ColumnElement[Any]] = {name: bindparam(name) for name in columns}
    return {
        "sqlite": _as_text(sqlite.insert(table).values(row).on_conflict_do_nothing().returning(*returned), sqlite),
        "postgresql": _as_text(
            postgresql.insert(table).values(row).on_conflict_do_nothing().returning(*returned), postgresql
        ),
    }


def _as_text(statement: ReturningInsert[Any], dialect: ModuleType) -> TextClause:
    compiled = statement.compile(dialect=dialect.dialect(paramstyle="named"))
    given = (
        bindparam(name, type_=bind.type) if bind.required else bindparam(name, bind.value, bind.type)
        for bind, name in compiled.bind_names.items()
    )
    return text(compiled.string).bindparams(*given)
