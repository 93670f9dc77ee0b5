"""What reviewers and administrators do: publish at once or at a time, send back, retire, roll back."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

import msgspec

from bot.accounts.audit import Actor, Entry
from bot.content.drafts import Drafts
from bot.content.errors import Refusal, Refused
from bot.content.model import Decision, State, Version, contributors, in_force
from bot.content.ports import Change, Contents
from bot.content.timeline import Standing, Timeline, check_from, values_at
from policies_kb import assembly
from policies_kb.chinese_date import HERE
from policies_kb.errors import ContentInvalid, Problem
from policies_kb.model import Topic
from policies_kb.parts import Part, PartKind, encode

_TRIES = 5
_LATE = timedelta(minutes=5)
"""A form may lie open so long after the time that it names."""


class Publishing:
    """The whole content is checked with each change in it, also as it will be at every change that is to come."""

    def __init__(
        self, store: Contents, drafts: Drafts, now: Callable[[], datetime], published: Callable[[], Awaitable[object]]
    ) -> None:
        self._store = store
        self._drafts = drafts
        self._now = now
        self._published = published

    async def problems(self, part: Part, value: Any) -> tuple[Problem, ...]:
        """What would be wrong with the content if this were published now; of two that clash, it is this one."""
        parts = values_at(await self._store.timeline(self._now()), self._now())
        knowledge = assembly.assemble({**parts, part: value})
        if part.kind is PartKind.TOPIC:
            others = {key: topic for key, topic in knowledge.topics.items() if key != part.key}
            knowledge = msgspec.structs.replace(knowledge, topics={**others, part.key: value})
        found = await asyncio.to_thread(assembly.problems, knowledge)
        return (*found, *assembly.own_problems(part, knowledge))

    async def publish(self, by: Actor, part: Part, number: int, at: datetime | None, note: str) -> datetime:
        """Approve what was handed in; from when on it is served. Raises Refused, ContentInvalid.

        A topic is not served before its `valid_from`: until then the version before it stays.
        """
        versions = await self._drafts.versions(part)
        version = await self._drafts.version(part, number)
        if by.id is None or by.id in contributors(versions, number):
            raise Refused(Refusal.OWN_WORK)
        if version.state is not State.IN_REVIEW:
            raise Refused(Refusal.STALE)
        now = self._now()
        if at is not None and at < now - _LATE:
            raise Refused(Refusal.TIME_PAST, "at")
        await self._check_own(part, version.value)
        effective_at = _effective(version.value, max(at or now, now))
        change = Change(part, number, State.IN_REVIEW, State.PUBLISHED, Decision(by, now, note), effective_at)
        standing = Standing(part, number, effective_at, version.text)
        verb = "schedule" if effective_at > now else "publish"
        entry = self._entry(by, verb, version, note, at=effective_at.astimezone(HERE).strftime("%Y-%m-%d %H:%M"))
        await self._change(change, entry, lambda timeline: timeline.with_standing(standing), effective_at)
        return effective_at

    async def send_back(self, by: Actor, part: Part, number: int, note: str) -> None:
        """Return what was handed in, with what is to be mended; raises Refused."""
        version = await self._drafts.version(part, number)
        change = Change(part, number, State.IN_REVIEW, State.DRAFT, Decision(by, self._now(), _needed(note)))
        if not await self._store.change(change, self._entry(by, "send_back", version, note)):
            raise Refused(Refusal.STALE)

    async def unschedule(self, by: Actor, part: Part, number: int, reason: str) -> None:
        """Make a draft of what was published for a time to come; raises Refused, ContentInvalid."""
        version = await self._drafts.version(part, number)
        if not version.scheduled(self._now()):
            raise Refused(Refusal.STALE)
        decision = Decision(by, self._now(), _needed(reason))
        change = Change(part, number, State.PUBLISHED, State.DRAFT, decision)
        entry = self._entry(by, "unschedule", version, reason)
        await self._change(change, entry, lambda timeline: timeline.without(part, number), self._now())

    async def retire(self, by: Actor, part: Part, number: int, reason: str) -> None:
        """Serve a topic no longer; raises Refused, ContentInvalid where something else still names it."""
        versions = await self._drafts.versions(part)
        version = in_force(versions, self._now())
        if version is None or version.number != number:
            raise Refused(Refusal.STALE)
        decision = Decision(by, self._now(), _needed(reason))
        change = Change(part, number, State.PUBLISHED, State.RETIRED, decision, version.effective_at)
        retired = replace(_standing(version), retired=True)
        entry = self._entry(by, "retire", version, reason)
        await self._change(change, entry, lambda timeline: timeline.with_standing(retired), self._now())

    async def roll_back(self, by: Actor, part: Part, number: int, seen: int, reason: str) -> Version:
        """Serve an older version again at once, as the next version; raises Refused, ContentInvalid, PartNotFound."""
        old, latest = await self._drafts.version(part, number), (await self._drafts.versions(part))[0]
        if latest.number != seen:
            raise Refused(Refusal.STALE)
        new = self._published_version(by, part, seen + 1, old.text, _needed(reason))
        entry = self._entry(by, "roll_back", new, reason, of=number)
        await self._add([new], [entry])
        return new

    async def replace(self, by: Actor, values: dict[Part, Any], reason: str) -> None:
        """Publish all these at once or nothing, as an import does; raises Refused, ContentInvalid."""
        news = []
        for part, value in values.items():
            number = max((one.number for one in await self._store.versions(part)), default=0) + 1
            news.append(self._published_version(by, part, number, encode(value).decode(), reason))
        await self._add(news, [self._entry(by, "import", new, reason) for new in news])

    async def _check_own(self, part: Part, value: Any) -> None:
        """Raises ContentInvalid for a part that nothing rests on."""
        parts = values_at(await self._store.timeline(self._now()), self._now())
        if found := assembly.own_problems(part, assembly.assemble({**parts, part: value})):
            raise ContentInvalid(found)

    async def _add(self, versions: Sequence[Version], entries: Sequence[Entry]) -> None:
        for _ in range(_TRIES):
            timeline = await self._store.timeline(self._now())
            changed = timeline.with_standing(*map(_standing, versions))
            await asyncio.to_thread(check_from, changed, versions[0].created_at)
            if await self._store.add(versions, entries, timeline.counter):
                await self._published()
                return
        raise Refused(Refusal.STALE)

    async def _change(
        self, change: Change, entry: Entry, altered: Callable[[Timeline], Timeline], moment: datetime
    ) -> None:
        for _ in range(_TRIES):
            timeline = await self._store.timeline(self._now())
            await asyncio.to_thread(check_from, altered(timeline), moment)
            if await self._store.change(change, entry, timeline.counter):
                await self._published()
                return
        raise Refused(Refusal.STALE)

    def _published_version(self, by: Actor, part: Part, number: int, text: str, note: str) -> Version:
        now = self._now()
        return Version(part, number, State.PUBLISHED, text, note, by, now, now, Decision(by, now, note))

    def _entry(self, by: Actor, verb: str, version: Version, note: str, **more: object) -> Entry:
        kind, key = version.part.kind.value, version.part.key
        return Entry(self._now(), by, verb, kind, key, note, after={"version": version.number, **more})


def _effective(value: Any, at: datetime) -> datetime:
    if not isinstance(value, Topic):
        return at
    return max(at, datetime.combine(value.valid_from, time(), HERE))


def _standing(version: Version) -> Standing:
    effective_at = version.effective_at or version.created_at
    return Standing(version.part, version.number, effective_at, version.text)


def _needed(note: str) -> str:
    if not note.strip():
        raise Refused(Refusal.NOTE_MISSING, "reason")
    return note
