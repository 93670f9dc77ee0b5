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
    told = f"{left / 1024**3:.1f} GiB free for {folder}"
    state = State.BAD if left < FULL else State.WARNING if left < NEARLY_FULL else State.OK
    mend = "delete what is not needed, or give DATA_DIR a larger disk; `gongyou privacy purge` frees rows that are due"
    return Finding("disk", state, told, "" if state is State.OK else mend)


async def database(database: Database) -> tuple[Finding, ...]:
    """Whether it answers, and whether its tables are those of this program."""
    try:
        await asyncio.wait_for(database.ping(), _PATIENCE)
        current, head = await database.revisions()
    except Exception as error:
        mend = "check that the server runs and that DATABASE_URL names it with the right user and password"
        return (Finding("database", State.BAD, f"does not answer: {type(error).__name__}", mend),)
    answers = Finding("database", State.OK, "answers")
    if current == head:
        return answers, Finding("migrations", State.OK, f"at {head}")
    if current is None:
        empty = "the database is empty; the first start of the service makes the tables"
        return answers, Finding("migrations", State.WARNING, empty, "start `gongyou serve` once")
    told = f"at {current}, this program needs {head}"
    mend = "start the service of this version, which migrates; an older program cannot use a newer database"
    return answers, Finding("migrations", State.BAD, told, mend)


async def content(database: Database, now: datetime) -> Finding:
    """Whether what is published is whole."""
    store = ContentRepository(database.sessions)
    try:
        if await store.counter() is None:
            return Finding("content", State.WARNING, "nothing is published", "start `gongyou serve` once")
        knowledge = knowledge_at(await store.timeline(now), now)
    except ContentInvalid as error:
        mend = "go back to an earlier version at /admin/content, or `gongyou kb import` a folder that `kb check` passes"
        return Finding("content", State.BAD, str(error).partition("\n")[0], mend)
    except Exception as error:
        return Finding("content", State.BAD, f"cannot be read: {type(error).__name__}", "mend the database first")
    today = now.date()
    gone = sum(not topic.in_force(today) for topic in knowledge.topics.values())
    return Finding("content", State.OK, f"{len(knowledge.topics)} topics, {gone} of them not in force")


def model(settings: Settings) -> Finding:
    """Whether there is one for the questions as they are here."""
    if settings.rasa_url:
        return Finding("model", State.OFF, "a Rasa server answers (RASA_URL)")
    found = training.current_model(settings.models)
    if found is None:
        return Finding("model", State.WARNING, "none for these questions", "run `gongyou train`, or start the service")
    return Finding("model", State.OK, found.name)


async def redis(url: str) -> Finding:
    """Whether hints travel; nothing depends on them."""
    if not url:
        return Finding("redis", State.OFF, "REDIS_URL is not set; processes look every second instead")
    client: Redis = Redis.from_url(url, socket_timeout=_PATIENCE, socket_connect_timeout=_PATIENCE)
    try:
        await client.ping()
    except (RedisError, OSError, asyncio.TimeoutError) as error:
        told = f"does not answer: {type(error).__name__}"
        return Finding("redis", State.WARNING, told, "check REDIS_URL and that Redis runs; without it all still works")
    finally:
        await client.aclose()
    return Finding("redis", State.OK, "answers")


def clock(name: str, theirs: datetime | None, ours: datetime) -> Finding:
    """How far this machine's clock is from another one."""
    if theirs is None:
        return Finding(name, State.OFF, "no other clock to compare with")
    apart = (ours - theirs.astimezone(timezone.utc)).total_seconds()
    told = f"{apart:+.1f} seconds against it"
    if abs(apart) <= MOST_APART:
        return Finding(name, State.OK, told)
    return Finding(name, State.BAD, told, "set the clock with NTP (`timedatectl set-ntp true`)")
