"""The clients in this process, read anew every two seconds, and what administrators change."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from bot.accounts.audit import Actor, Entry, Values
from bot.accounts.tokens import kept_of
from bot.clients.model import Client, Draft, Refusal, Refused, new_key, new_public
from bot.clients.ports import Clients
from bot.conversation.insist import Pause
from bot.waiting import for_ever

LOOK_EVERY = 2.0
"""Seconds until another process follows a change."""


class LiveClients:
    """Who may ask; while the database is lost, whoever could last."""

    def __init__(self, store: Clients, now: Callable[[], datetime], pause: Pause = asyncio.sleep) -> None:
        self._store = store
        self._now = now
        self._pause = pause
        self._all: Sequence[Client] = ()
        self._by_key: Mapping[str, Client] = {}
        self._by_name: Mapping[str, Client] = {}
        self._origins: frozenset[str] = frozenset()

    async def refresh(self) -> None:
        """Read them."""
        found = await self._store.all()
        live = [client for client in found if not client.disabled]
        self._all = found
        self._by_key = {client.key_hash: client for client in live}
        self._by_name = {client.public: client for client in live}
        self._origins = frozenset(origin for client in live for origin in client.draft.origins)

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.refresh, LOOK_EVERY, self._pause, "clients_not_read")

    def with_key(self, key: str) -> Client | None:
        """The client with that key, if it may ask."""
        return self._by_key.get(kept_of(key))

    def may_call(self, origin: str) -> bool:
        """Whether any client lets pages of that origin call."""
        return origin in self._origins

    def frames(self, public: str) -> Sequence[str] | None:
        """The origins whose pages may show the chat in a frame; None where there is no such client."""
        client = self._by_name.get(public)
        return None if client is None else client.draft.origins

    async def everyone(self) -> Sequence[Client]:
        """Every client as it is kept now."""
        await self.refresh()
        return self._all

    async def numbered(self, number: int) -> Client | None:
        """The client of that number."""
        return next((client for client in await self.everyone() if client.id == number), None)

    async def add(self, by: Actor, draft: Draft) -> tuple[int, str]:
        """A new client: its number, and its key, which nobody can show again; raises Refused."""
        key = new_key()
        entry = Entry(self._now(), by, "add", "client", draft.name, after=_values(draft))
        number = await self._store.add(draft, new_public(), kept_of(key), entry)
        if number is None:
            raise Refused({"name": (Refusal.TAKEN, "")})
        await self.refresh()
        return number, key

    async def change(self, by: Actor, client: Client, draft: Draft, reason: str) -> None:
        """Change name, limits and origins; raises Refused."""
        before, after = _values(client.draft), _values(draft)
        entry = Entry(self._now(), by, "change", "client", client.draft.name, reason, before, after)
        if not await self._store.change(client.id, draft, entry):
            raise Refused({"name": (Refusal.TAKEN, "")})
        await self.refresh()

    async def disable(self, by: Actor, client: Client, *, disabled: bool, reason: str) -> None:
        """Let it ask no longer, or again."""
        verb = "disable" if disabled else "enable"
        await self._store.disable(
            client.id, disabled, Entry(self._now(), by, verb, "client", client.draft.name, reason)
        )
        await self.refresh()

    async def replace_key(self, by: Actor, client: Client, reason: str) -> str:
        """A new key; the old one is of no use from now on."""
        key = new_key()
        entry = Entry(self._now(), by, "replace_key", "client", client.draft.name, reason)
        await self._store.replace_key(client.id, kept_of(key), entry)
        await self.refresh()
        return key


def _values(draft: Draft) -> Values:
    return {
        "name": draft.name,
        "per_minute": draft.per_minute,
        "per_day": draft.per_day,
        "origins": list(draft.origins),
    }
