"""The switches in this process, read anew every two seconds, and the content as they let it be served."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime

import msgspec
import structlog

from bot.accounts.audit import Actor, Entry
from bot.conversation.insist import Pause
from bot.switches.model import ASSISTANT, Switch, Switches
from bot.waiting import for_ever
from policies_kb.model import KnowledgeBase

LOOK_EVERY = 2.0
"""Seconds between two looks; with the reading it stays below the five that are promised."""

log = structlog.get_logger()


class LiveSwitches:
    """What is stopped; while the database is lost, what was stopped last."""

    def __init__(self, store: Switches, now: Callable[[], datetime], pause: Pause = asyncio.sleep) -> None:
        self._store = store
        self._now = now
        self._pause = pause
        self.stopped: Mapping[str, Switch] = {}

    def notice(self) -> str | None:
        """What workers are told instead of any answer; None while the assistant answers."""
        switch = self.stopped.get(ASSISTANT)
        return None if switch is None else switch.notice

    async def refresh(self) -> None:
        """Read what is stopped."""
        found = {one.name: one for one in await self._store.stopped()}
        if found != self.stopped:
            self.stopped = found
            log.info("switches_changed", stopped=len(found))

    async def change(self, by: Actor, name: str, *, stopped: bool, notice: str, reason: str) -> bool:
        """Stop something or let it go on, here at once; False where it is so already."""
        now = self._now()
        verb, after = ("stop", {"notice": notice}) if stopped else ("resume", {})
        entry = Entry(now, by, verb, "switch", name, reason, after=after)
        done = await self._store.change(Switch(name, notice, now, by.name), stopped, entry)
        await self.refresh()
        return done

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.refresh, LOOK_EVERY, self._pause, "switches_not_read")


class ServedKnowledge:
    """Called, it gives the content in force in which whatever is stopped is suspended: no way leads to its answer."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase], switches: LiveSwitches) -> None:
        self._knowledge = knowledge
        self._switches = switches
        self._made: tuple[KnowledgeBase, Mapping[str, Switch], KnowledgeBase] | None = None

    def __call__(self) -> KnowledgeBase:
        """The content to serve."""
        held, stopped = self._knowledge(), self._switches.stopped
        if not stopped:
            return held
        if self._made is None or self._made[0] is not held or self._made[1] is not stopped:
            everything = ASSISTANT in stopped
            names = {switch.topic for switch in stopped.values()}
            topics = {
                name: msgspec.structs.replace(topic, suspended=True) if everything or name in names else topic
                for name, topic in held.topics.items()
            }
            self._made = held, stopped, msgspec.structs.replace(held, topics=topics)
        return self._made[2]
