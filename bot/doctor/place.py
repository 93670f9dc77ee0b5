"""Checks of the machine and of what is kept on it or beside it: disk, database, content, model, Redis, clock."""

from __future__ import annotations

import asyncio
import shutil
from datetime import datetime, timezone
from pathlib import Path

from redis.asyncio import Redis
from redis.exceptions import RedisError

from bot.assistant import training
from bot.content.timeline import knowledge_at
from bot.doctor.finding import Finding, State
from bot.settings import Settings
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from policies_kb.chinese_date import HERE
from policies_kb.errors import ContentInvalid

FULL, NEARLY_FULL = 200 * 1024**2, 1024**3
"""Bytes: below the first models and messages cannot be kept for long, below the second it is time to act."""
MOST_APART = 5.0
"""Seconds that two clocks may differ: WeChat's limits and the leases of messages are as short."""
_PATIENCE = 5.0


def disk(folder: Path, free: int | None = None) -> Finding:
    """The room where models and the SQLite file are."""
    there = next(one for one in (folder, *folder.resolve().parents) if one.exists())
    left = shutil.disk_usage(there).free if free is None else free
    state = State.BAD if left < FULL else State.WARNING if left < NEARLY_FULL else State.OK
    what = "disk_ok" if state is State.OK else "disk_low"
    return Finding("disk", state, what, {"free": left / 1024**3, "folder": folder})


async def database(database: Database) -> tuple[Finding, ...]:
    """Whether it answers, and whether its tables are those of this program."""
    try:
        await asyncio.wait_for(database.ping(), _PATIENCE)
        current, head = await database.revisions()
    except Exception as error:
        return (Finding("database", State.BAD, "database_silent", _error(error)),)
    answers = Finding("database", State.OK, "database_ok")
    if current == head:
        return answers, Finding("migrations", State.OK, "migrations_ok", {"head": head})
    if current is None:
        return answers, Finding("migrations", State.WARNING, "migrations_none")
    return answers, Finding("migrations", State.BAD, "migrations_other", {"current": current, "head": head})


async def content(database: Database, now: datetime) -> Finding:
    """Whether what is published is whole."""
    store = ContentRepository(database.sessions)
    try:
        if await store.counter() is None:
            return Finding("content", State.WARNING, "content_none")
        knowledge = knowledge_at(await store.timeline(now), now)
    except ContentInvalid as error:
        return Finding("content", State.BAD, "content_invalid", {"error": str(error).partition("\n")[0]})
    except Exception as error:
        return Finding("content", State.BAD, "content_unreadable", _error(error))
    today = now.astimezone(HERE).date()
    gone = sum(not topic.in_force(today) for topic in knowledge.topics.values())
    return Finding("content", State.OK, "content_ok", {"topics": len(knowledge.topics), "gone": gone})


def model(settings: Settings) -> Finding:
    """Whether there is one for the questions as they are here."""
    if settings.rasa_url:
        return Finding("model", State.OFF, "model_remote")
    found = training.current_model(settings.models)
    if found is None:
        return Finding("model", State.WARNING, "model_none")
    return Finding("model", State.OK, "model_ok", {"name": found.name})


async def redis(url: str) -> Finding:
    """Whether hints travel; nothing depends on them."""
    if not url:
        return Finding("redis", State.OFF, "redis_off")
    client: Redis = Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
    try:
        await client.ping()
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        return Finding("redis", State.WARNING, "redis_silent", _error(error))
    finally:
        await client.aclose()
    return Finding("redis", State.OK, "redis_ok")


def clock(name: str, theirs: datetime | None, ours: datetime) -> Finding:
    """How far this machine's clock is from another one."""
    if theirs is None:
        return Finding(name, State.OFF, "clock_off")
    apart = (ours - theirs.astimezone(timezone.utc)).total_seconds()
    well = abs(apart) <= MOST_APART
    return Finding(name, State.OK if well else State.BAD, "clock_ok" if well else "clock_apart", {"apart": apart})


def _error(error: BaseException) -> dict[str, object]:
    """Its kind alone: what it says may hold an address with a password."""
    return {"error": type(error).__name__}
