"""Inserts that leave alone what is there already, in the dialect of the engine."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.storage.tables import Base


def insert_if_new(
    session: AsyncSession, table: type[Base], row: Mapping[str, Any]
) -> postgresql.Insert | sqlite.Insert:
    """The statement that inserts a row unless one with the same unique values is there."""
    if session.get_bind().dialect.name == "sqlite":
        return sqlite.insert(table).values(**row).on_conflict_do_nothing()
    return postgresql.insert(table).values(**row).on_conflict_do_nothing()
