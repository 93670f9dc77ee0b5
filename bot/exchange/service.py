"""Looks at a file, tells what it would change, and makes drafts of it: of all of it, or of nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

import msgspec

from bot.accounts.audit import Actor, Entry
from bot.content import words as content_words
from bot.content.described_parts import title_of
from bot.content.errors import Refusal, Refused
from bot.content.exchange import compare
from bot.content.model import State, Version
from bot.content.ports import Contents
from bot.content.questions import TrainingQuestions, told_of
from bot.content.timeline import values_at
from bot.exchange import archive, sheets, workbook
from bot.exchange import words as exchange_words
from bot.exchange.model import MOST_BYTES, Draft, Given, Plan, Trouble, Unreadable, Upload
from bot.exchange.ports import Uploads
from bot.exchange.reading import Reading
from policies_kb import assembly
from policies_kb.errors import ContentInvalid, Problem
from policies_kb.parts import Part, PartKind, encode, topic_part

KEPT = timedelta(days=1)
"""So long a file that was looked at can be taken."""

Parts = Mapping[Part, Any]


class Exchange:
    """Import and export over the published content."""

    def __init__(
        self, store: Contents, uploads: Uploads, training: TrainingQuestions, now: Callable[[], datetime]
    ) -> None:
        self._store = store
        self._uploads = uploads
        self._training = training
        self._now = now

    async def exported(self, kind: str) -> bytes:
        """The published content as "xlsx" or "zip"."""
        published = await self._published()
        return await asyncio.to_thread(file_of, kind, published)

    async def look(self, by: Actor, name: str, data: bytes) -> Plan:
        """What a file would change, and why it cannot be taken; raises Unreadable. Nothing is changed."""
        published = await self._published()
        given = await asyncio.to_thread(given_by, name, data, published)
        changes = await asyncio.to_thread(compare, published, given.parts)
        numbers = await self._store.numbers()
        troubles = [
            *given.troubles,
            # Where a cell cannot be read, what is made of it says nothing.
            *(() if given.troubles else await asyncio.to_thread(troubles_of, published, given.parts)),
            *await self._doubles(given, published),
            *await self._open({change.part for change in changes}, published),
        ]
        if troubles or not changes:
            return Plan(name, changes, troubles)
        drafts = [Draft(one.part, numbers.get(one.part, 0), encode(one.value).decode()) for one in changes]
        now = self._now()
        return Plan(name, changes, (), await self._uploads.keep(Upload(by, now, name, tuple(drafts)), now - KEPT))

    async def take(self, by: Actor, number: int, note: str) -> int | None:
        """Make the drafts of a file that was looked at; how many, or None where there is none. Raises Refused."""
        upload = await self._uploads.find(number, by.id or 0)
        now = self._now()
        if upload is None or upload.at < now - KEPT:
            return None
        note = note or upload.name
        versions = [Version(one.part, one.seen + 1, State.DRAFT, one.text, note, by, now) for one in upload.drafts]
        entries = [
            Entry(now, by, "draft", one.part.kind.value, one.part.key, note, after={"version": one.number})
            for one in versions
        ]
        if not await self._store.add(versions, entries):
            raise Refused(Refusal.STALE)
        await self._uploads.forget(number)
        return len(versions)

    async def _published(self) -> dict[Part, Any]:
        now = self._now()
        timeline = await self._store.timeline(now)
        return await asyncio.to_thread(values_at, timeline, now)

    async def _doubles(self, given: Given, published: Parts) -> list[Trouble]:
        """New questions that stand somewhere already, or cannot stand anywhere."""
        words, knowledge = content_words.load(), assembly.assemble(published)
        sheet, found = exchange_words.load().sheets["questions"], []
        for part, value in given.parts.items():
            if part.kind is PartKind.QUESTIONS:
                for one in await self._training.doubles(part.key, value.examples):
                    told = f"“{one.question}”：{told_of(one, knowledge, words)}"
                    found.append(Trouble(f"{sheet}（{part.key}）", told))
        return found

    async def _open(self, parts: set[Part], published: Parts) -> list[Trouble]:
        """Drafts of others are not overwritten."""
        words, told = exchange_words.load(), content_words.load()
        knowledge = assembly.assemble(published)
        return [
            Trouble(
                title_of(one.part, one.value, knowledge, told),
                words.troubles["open"].format(number=one.number, author=one.author.name),
            )
            for one in await self._store.pending(self._now())
            if one.part in parts and (one.open or one.scheduled(self._now()))
        ]


def file_of(kind: str, parts: Parts) -> bytes:
    """The content as a workbook ("xlsx") or as an archive of YAML files ("zip")."""
    if kind == "zip":
        return archive.write(parts)
    return workbook.write(sheets.rows(parts, content_words.load()), exchange_words.load())


def given_by(name: str, data: bytes, published: Parts) -> Given:
    """The parts of a file, on top of what is published; raises Unreadable."""
    words = exchange_words.load()
    if not data:
        raise Unreadable("empty")
    if len(data) > MOST_BYTES:
        raise Unreadable("too_large")
    kind = name.lower().rpartition(".")[2]
    if kind == "xlsx":
        lines, troubles = workbook.read(data, words)
        given = Reading(lines, published, words).given()
        return Given(given.parts, (*troubles, *given.troubles))
    if kind == "zip":
        return archive.read(archive.unpacked(data), words)
    if kind in ("yml", "yaml"):
        return archive.read(iter([(name, data)]), words)
    raise Unreadable("kind")


def troubles_of(published: Parts, given: Parts) -> list[Trouble]:
    """What would be wrong with the content with all of it in it; of two that clash, it is the one that is given."""
    told = content_words.load()
    try:
        knowledge = assembly.assemble({**published, **given})
    except ContentInvalid as invalid:
        return [Trouble(str(problem.path), told.problem(problem)) for problem in invalid.problems]
    topics = {key: topic for key, topic in knowledge.topics.items() if topic_part(key) not in given}
    topics |= {key: topic for key, topic in knowledge.topics.items() if key not in topics}
    knowledge = msgspec.structs.replace(knowledge, topics=topics)
    own = (problem for part in given for problem in assembly.own_problems(part, knowledge))
    found = (*assembly.problems(knowledge), *own)
    return [Trouble(_place(problem), told.problem(problem)) for problem in found]


def _place(problem: Problem) -> str:
    """What a problem is about: the part, its field and its row."""
    told, words = content_words.load(), exchange_words.load()
    kind, _, key = str(problem.path).rpartition(" ")
    names = [str(one) for one in problem.where]
    field = told.fields.get(names[0], names[0]) if names and kind else "，".join(names[:1])
    row = f"第 {int(names[1]) + 1} 行" if len(names) > 1 and names[1].isdecimal() else ""
    title = key if kind else words.sheets.get(key, key)
    return "，".join(filter(None, (title, field, row)))
