"""The database and what is read from it before anything else is made."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from contextlib import AsyncExitStack
from dataclasses import dataclass
from datetime import datetime

from bot.clients.live import LiveClients
from bot.content.live import LiveKnowledge
from bot.content.seed import seed
from bot.conversation.insist import insist
from bot.metrics.instruments import Instruments
from bot.privacy import key
from bot.privacy.pseudonym import Pseudonyms
from bot.settings import Settings
from bot.storage.clients import ClientRepository
from bot.storage.clock import SharedClock
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.switches import SwitchRepository
from bot.switches.live import LiveSwitches, ServedKnowledge
from policies_kb import loader

STARTING = (0.1, 0.4, 1.0, 2.0, 4.0)
"""Seconds between the tries of a database that is busy while this process starts."""


class NotYet(Exception):
    """Another process has put the content in by a clock that is a moment ahead: it is not yet in force here."""


@dataclass(frozen=True, slots=True)
class Ground:
    """What everything else stands on; `served` is the published content without what operators have stopped."""

    instruments: Instruments
    database: Database
    pseudonyms: Pseudonyms
    clock: SharedClock
    now: Callable[[], datetime]
    live: LiveKnowledge
    switches: LiveSwitches
    served: ServedKnowledge
    clients: LiveClients


async def opened(stack: AsyncExitStack, settings: Settings, now: Callable[[], datetime] | None) -> Ground:
    """Open and migrate the database and load what is published; `stack` closes it."""
    instruments = Instruments()
    database = Database(settings.database_url)
    stack.push_async_callback(database.close)
    named = key.pseudonyms(settings)
    await database.migrate(named)
    pseudonyms = named or await database.own_names()
    database.observe(instruments)
    clock = SharedClock(database.time)
    await clock.look()
    now = now or clock
    contents = ContentRepository(database.sessions)
    await _seed(contents, now)
    knowledge = LiveKnowledge(contents, now)
    await knowledge.load()
    switches = LiveSwitches(SwitchRepository(database.sessions), now)
    await switches.refresh()
    served = ServedKnowledge(knowledge, switches)
    clients = LiveClients(ClientRepository(database.sessions), now)
    await clients.refresh()
    return Ground(instruments, database, pseudonyms, clock, now, knowledge, switches, served, clients)


async def _seed(contents: ContentRepository, now: Callable[[], datetime]) -> None:
    """Processes that start at once wait here for the one that was first."""

    async def put_in() -> None:
        try:
            await seed(contents, loader.load, now())
        except LookupError as error:
            raise NotYet from error

    await insist(put_in, STARTING, asyncio.sleep, lambda _: None)
