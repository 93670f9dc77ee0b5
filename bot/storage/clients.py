"""Keeps the interface's clients, and counts how often they asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update
from sqlalchemy.exc import IntegrityError

from bot.accounts.audit import Entry
from bot.clients.model import Client, Draft
from bot.storage.audit import record
from bot.storage.client_tables import ApiClient, ApiUse
from bot.storage.sessions import Sessions
from bot.storage.upsert import insert_if_new


class ClientRepository:
    """One row for each client that there ever was."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def all(self) -> Sequence[Client]:
        """See the port."""
        async with self._sessions() as session:
            return [_client(row) for row in await session.scalars(select(ApiClient).order_by(ApiClient.name))]

    async def add(self, draft: Draft, public: str, key_hash: str, entry: Entry) -> int | None:
        """See the port."""
        row = {**_values(draft), "public": public, "key_hash": key_hash, "disabled": False, "created_at": entry.at}
        async with self._sessions.begin() as session:
            number = await session.scalar(insert_if_new(session, ApiClient, row).returning(ApiClient.id))
            if number is not None:
                record(session, entry)
            return number

    async def change(self, number: int, draft: Draft, entry: Entry) -> bool:
        """See the port."""
        try:
            async with self._sessions.begin() as session:
                await session.execute(update(ApiClient).where(ApiClient.id == number).values(_values(draft)))
                record(session, entry)
        except IntegrityError:
            return False
        return True

    async def disable(self, number: int, disabled: bool, entry: Entry) -> bool:
        """See the port."""
        other = ApiClient.id == number, ApiClient.disabled.is_(not disabled)
        async with self._sessions.begin() as session:
            change = update(ApiClient).where(*other).values(disabled=disabled).returning(ApiClient.id)
            if await session.scalar(change) is None:
                return False
            record(session, entry)
            return True

    async def replace_key(self, number: int, key_hash: str, entry: Entry) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            await session.execute(update(ApiClient).where(ApiClient.id == number).values(key_hash=key_hash))
            record(session, entry)


class UseRepository:
    """One row for each window in which somebody asked more often than a process lets through by itself."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def take(self, key: str, ends_at: datetime, wanted: int, most: int) -> int:
        """See the port."""
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, ApiUse, {"key": key, "used": 0, "ends_at": ends_at}))
            used = await session.scalar(select(ApiUse.used).where(ApiUse.key == key).with_for_update()) or 0
            got = max(0, min(wanted, most - used))
            if got:
                await session.execute(update(ApiUse).where(ApiUse.key == key).values(used=used + got))
            return got


def _values(draft: Draft) -> Mapping[str, Any]:
    limits = {"per_minute": draft.per_minute, "per_day": draft.per_day}
    return {"name": draft.name, **limits, "origins": " ".join(draft.origins)}


def _client(row: ApiClient) -> Client:
    draft = Draft(row.name, row.per_minute, row.per_day, tuple(row.origins.split()))
    return Client(row.id, row.public, row.key_hash, draft, row.disabled, row.created_at)
