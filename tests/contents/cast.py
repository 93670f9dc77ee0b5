"""The content's services over one database, and the people who work with them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from bot.accounts.audit import Actor
from bot.content.drafts import Drafts
from bot.content.live import LiveKnowledge
from bot.content.publishing import Publishing
from bot.storage.audit import AuditRepository
from bot.storage.content import ContentRepository
from bot.storage.sessions import Sessions
from policies_kb.parts import topic_part
from tests.accounts.cast import SetClock

EDITOR, OTHER, REVIEWER, ADMIN = Actor(1, "editor"), Actor(2, "other"), Actor(3, "reviewer"), Actor(4, "admin")
ANNUITY = topic_part("annuity")


async def never(seconds: float) -> None:
    """No test waits."""
    raise AssertionError(seconds)


@dataclass
class Room:
    """One process."""

    clock: SetClock
    store: ContentRepository
    live: LiveKnowledge
    drafts: Drafts
    publishing: Publishing
    log: AuditRepository

    async def submitted(self, value: Any, by: Actor = EDITOR) -> int:
        """Save a topic and hand it in; its number."""
        part = topic_part(value.id)
        latest = await self.store.versions(part)
        if latest:
            version = await self.drafts.save(by, part, latest[0].number, value, "改")
        else:
            version = await self.drafts.begin(by, part, value, "新")
        await self.drafts.submit(by, part, version.number, "请审")
        return version.number

    async def published(self, value: Any) -> int:
        """Save, hand in and approve."""
        number = await self.submitted(value)
        await self.publishing.publish(REVIEWER, topic_part(value.id), number, None, "同意")
        return number


def room(sessions: Sessions, clock: SetClock) -> Room:
    """A process on a database."""
    store = ContentRepository(sessions)
    live = LiveKnowledge(store, clock, never)
    drafts = Drafts(store, clock)
    return Room(clock, store, live, drafts, Publishing(store, drafts, clock, live.refresh), AuditRepository(sessions))
