"""All checks, one after the other; none of them changes anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import aiohttp

from bot.doctor import place, wechat
from bot.doctor.finding import Finding, State
from bot.settings import Settings, SettingsInvalid, serving
from bot.storage.database import Database, absent


async def examine(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Finding]:
    """What is found, in the order in which things need each other."""
    yield _settings(settings)
    yield place.disk(settings.data_dir)
    for finding in await _kept(settings, now):
        yield finding
    # To know whether a model is that of the questions here, all their files are read.
    yield await asyncio.to_thread(place.model, settings)
    yield await place.redis(settings.redis_url)
    async with aiohttp.ClientSession() as http:
        found, theirs = await wechat.token(settings, http)
    yield found
    yield place.clock("wechat clock", theirs, now())


async def _kept(settings: Settings, now: Callable[[], datetime]) -> list[Finding]:
    if absent(settings.database_url):
        return [Finding("database", State.WARNING, "database_absent")]
    database = Database(settings.database_url)
    try:
        findings = [*await place.database(database)]
        if findings[-1].state is State.OK:
            findings.append(await place.content(database, now()))
            findings.append(place.clock("database clock", await database.time(), now()))
        return findings
    finally:
        await database.close()


def _settings(settings: Settings) -> Finding:
    try:
        serving(settings)
    except SettingsInvalid as error:
        problem, _, remedy = str(error).partition(": ")
        return Finding("settings", State.BAD, "settings_invalid", {"problem": problem, "remedy": remedy})
    if settings.demonstration:
        return Finding("settings", State.OK, "settings_demonstration")
    if not settings.wechat_encoding_aes_key:
        return Finding("settings", State.WARNING, "settings_plaintext")
    if not settings.privacy_key and not settings.database_url.startswith("sqlite"):
        return Finding("settings", State.WARNING, "settings_no_key")
    return Finding("settings", State.OK, "settings_complete")
