"""The published content of the database, as the commands work with it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from bot import log, settings
from bot.content.seed import seed
from bot.content.timeline import knowledge_at
from bot.privacy import key
from bot.storage.clock import utc_now
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from policies_kb import loader
from policies_kb.model import KnowledgeBase


@asynccontextmanager
async def opened() -> AsyncIterator[ContentRepository]:
    """The content of the database that the environment names; an empty one gets the shipped content first."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    database = Database(chosen.database_url)
    try:
        await database.migrate(key.pseudonyms(chosen))
        store = ContentRepository(database.sessions)
        await seed(store, loader.load, utc_now())
        yield store
    finally:
        await database.close()


def knowledge() -> KnowledgeBase:
    """What is in force now; raises ContentInvalid."""
    return asyncio.run(_knowledge())


async def _knowledge() -> KnowledgeBase:
    async with opened() as store:
        return knowledge_at(await store.timeline(utc_now()), utc_now())
