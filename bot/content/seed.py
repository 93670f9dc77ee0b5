"""Puts the shipped content into an empty database, and what a newer program needs besides into an older one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from bot.accounts.audit import COMMAND_LINE, Entry
from bot.content.model import Decision, State, Version
from bot.content.ports import Contents
from bot.content.timeline import values_at
from policies_kb import placeholders
from policies_kb.assembly import assemble
from policies_kb.checks import quiz
from policies_kb.checks.integrity import REQUIRED_REPLIES
from policies_kb.model import KnowledgeBase
from policies_kb.parts import SHARED, Part, PartKind, encode, parts_of

REPLIES = Part(PartKind.SHARED, "replies")
CONTACTS = Part(PartKind.SHARED, "contacts")
URGENT = Part(PartKind.SHARED, "urgent")
QUIZ = Part(PartKind.SHARED, "quiz")
_NOTE = "新版程序需要的内容"


async def seed(store: Contents, shipped: Callable[[], KnowledgeBase], now: datetime) -> None:
    """Do what is still to be done; any number of processes may at once, and any number of times."""
    if await store.counter() is None:
        texts = {part: encode(value).decode() for part, value in parts_of(shipped()).items()}
        await store.seed(texts, Entry(now, COMMAND_LINE, "seed", "content", "all", after={"parts": len(texts)}))
    await _add_missing(store, shipped, now)


async def _add_missing(store: Contents, shipped: Callable[[], KnowledgeBase], now: datetime) -> None:
    timeline = await store.timeline(now)
    kept = values_at(timeline, now)
    added = _missing(kept, shipped)
    versions = [await _next(store, part, value, now) for part, value in added.items()]
    if versions:
        entries = [
            Entry(now, COMMAND_LINE, "publish", one.part.kind.value, one.part.key, _NOTE, after={"version": one.number})
            for one in versions
        ]
        await store.add(versions, entries, timeline.counter)


def _missing(kept: Mapping[Part, Any], shipped: Callable[[], KnowledgeBase]) -> dict[Part, Any]:
    """The shared files that older content lacks, with the contacts that they name, and the replies."""
    added: dict[Part, Any] = {}
    for name in SHARED:
        if (part := Part(PartKind.SHARED, name)) not in kept:
            added[part] = getattr(shipped(), name)
    if URGENT in added:
        named = {name for subject in added[URGENT].values() for name in placeholders.names(subject.text)}
        contacts = {name: one for name, one in shipped().contacts.items() if name in named - kept[CONTACTS].keys()}
        if contacts:
            added[CONTACTS] = {**kept[CONTACTS], **contacts}
    if QUIZ in added:
        # Older content may have other topics and facts: of the questions only those that rest on what it has.
        knowledge = assemble({**kept, **added})
        added[QUIZ] = {name: one for name, one in knowledge.quiz.items() if quiz.holds(knowledge, one)}
    replies = [name for name in REQUIRED_REPLIES if name not in kept[REPLIES]]
    if replies:
        added[REPLIES] = {**kept[REPLIES], **{name: shipped().replies[name] for name in replies}}
    return added


async def _next(store: Contents, part: Part, value: Any, now: datetime) -> Version:
    versions = await store.versions(part)
    number = versions[0].number + 1 if versions else 1
    decision = Decision(COMMAND_LINE, now, _NOTE)
    return Version(part, number, State.PUBLISHED, encode(value).decode(), _NOTE, COMMAND_LINE, now, now, decision)
