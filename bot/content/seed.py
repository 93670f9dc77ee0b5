"""Puts the shipped content into an empty database, and the replies that a newer program needs into an older one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.accounts.audit import COMMAND_LINE, Entry
from bot.content.model import Decision, State, Version
from bot.content.ports import Contents
from policies_kb.checks.integrity import REQUIRED_REPLIES
from policies_kb.model import KnowledgeBase
from policies_kb.parts import Part, PartKind, decode, encode, parts_of

REPLIES = Part(PartKind.SHARED, "replies")
_NOTE = "新版程序需要的答复"


async def seed(store: Contents, shipped: Callable[[], KnowledgeBase], now: datetime) -> None:
    """Do what is still to be done; any number of processes may at once, and any number of times."""
    if await store.counter() is None:
        texts = {part: encode(value).decode() for part, value in parts_of(shipped()).items()}
        await store.seed(texts, Entry(now, COMMAND_LINE, "seed", "content", "all", after={"parts": len(texts)}))
    await _add_replies(store, shipped, now)


async def _add_replies(store: Contents, shipped: Callable[[], KnowledgeBase], now: datetime) -> None:
    timeline = await store.timeline(now)
    kept: dict[str, Any] = decode(REPLIES, timeline.at(now)[REPLIES].text)
    missing = [name for name in REQUIRED_REPLIES if name not in kept]
    if not missing:
        return
    replies = kept | {name: shipped().replies[name] for name in missing}
    number = (await store.versions(REPLIES))[0].number + 1
    decision = Decision(COMMAND_LINE, now, _NOTE)
    text = encode(replies).decode()
    version = Version(REPLIES, number, State.PUBLISHED, text, _NOTE, COMMAND_LINE, now, now, decision)
    entry = Entry(now, COMMAND_LINE, "publish", "shared", "replies", _NOTE, after={"version": number})
    await store.add([version], [entry], timeline.counter)
