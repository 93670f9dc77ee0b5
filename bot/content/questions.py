"""Questions that editors add to topics: what speaks against one, and those that the next training takes."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import NamedTuple, Protocol

from rapidfuzz import fuzz, process

from bot.assistant.port import Understanding
from bot.content.ports import Contents, Timelines
from bot.content.words import Words
from policies_kb.checks.questions import Question, plain
from policies_kb.model import KnowledgeBase
from policies_kb.parts import PartKind, Questions, decode
from policies_kb.question_file import well_formed

NEAR = 88.0
"""From this likeness on, of 100, two questions are hard to tell apart."""
SURE = 0.5
"""From this confidence on it counts where the served model puts a question."""


class Understands(Protocol):
    """How the model in service understands a question on its own."""

    async def __call__(self, text: str) -> Understanding | None:
        """None where it cannot be asked."""


class Finding(NamedTuple):
    """What is to be said of a question; where it `stops`, the question cannot be kept."""

    question: str
    kind: str
    stops: bool
    label: str = ""
    text: str = ""
    share: int = 0


class TrainingQuestions:
    """The questions that the model was made from, read once; with those that editors have added."""

    def __init__(self, shipped: Callable[[], Sequence[Question]], store: Contents, understands: Understands) -> None:
        self._read = shipped
        self._shipped: tuple[Question, ...] | None = None
        self._store = store
        self._understands = understands

    async def counts(self) -> Counter[str]:
        """How many questions the program came with, by label ("ask/annuity")."""
        return Counter(question.label for question in await self._known())

    async def of(self, label: str) -> tuple[str, ...]:
        """The questions that the program came with for a label."""
        return tuple(question.text for question in await self._known() if question.label == label)

    async def added(self) -> dict[str, Questions]:
        """For each topic the questions of its latest version, also those that are not published yet."""
        return {one.part.key: one.value for one in await self._store.latest(PartKind.QUESTIONS)}

    async def findings(self, topic: str, questions: Sequence[str]) -> list[Finding]:
        """What speaks against these questions of a topic."""
        own = f"ask/{topic}"
        found = await asyncio.to_thread(alike, own, questions, await self._others(topic))
        stopped = {finding.question for finding in found}
        for question in questions:
            if question not in stopped and (elsewhere := await self._elsewhere(own, question)):
                found.append(elsewhere)
        return found

    async def doubles(self, topic: str, questions: Sequence[str]) -> list[Finding]:
        """Only what stops questions of a topic; the model is not asked."""
        known = await self._others(topic)
        return await asyncio.to_thread(alike, f"ask/{topic}", questions, known, near=False)

    async def _others(self, topic: str) -> list[tuple[str, str, str]]:
        """All that is known beside what editors have added to the topic: each as it is compared, its label, its text."""
        added = await self.added()
        known = [(plain(one.text), one.label, one.text) for one in await self._known()]
        return known + [
            (plain(text), f"ask/{key}", text) for key, held in added.items() if key != topic for text in held.examples
        ]

    async def _elsewhere(self, own: str, question: str) -> Finding | None:
        understood = await self._understands(question)
        if understood is None or not understood.ranking:
            return None
        label, share = understood.ranking[0]
        if label == own or share < SURE:
            return None
        return Finding(question, "elsewhere", stops=False, label=label, share=round(100 * share))

    async def _known(self) -> tuple[Question, ...]:
        if self._shipped is None:
            self._shipped = tuple(await asyncio.to_thread(self._read))
        return self._shipped


class PublishedQuestions:
    """What training takes beside the questions that the program came with."""

    def __init__(self, store: Timelines, now: Callable[[], datetime]) -> None:
        self._store = store
        self._now = now

    async def all(self) -> Mapping[str, Sequence[str]]:
        """For each published topic its added questions that are published."""
        now = self._now()
        standing = (await self._store.timeline(now)).at(now)
        topics = {part.key for part in standing if part.kind is PartKind.TOPIC}
        return {
            part.key: decode(part, one.text).examples
            for part, one in standing.items()
            if part.kind is PartKind.QUESTIONS and part.key in topics
        }


def alike(
    own: str, questions: Sequence[str], known: Sequence[tuple[str, str, str]], *, near: bool = True
) -> list[Finding]:
    """Questions of no use, those that stand somewhere already, and (`near`) those that are like one of another topic."""
    found, seen = [], set()
    places = {text: place for place, (text, _, _) in reversed(list(enumerate(known)))}
    others = {place: text for place, (text, label, _) in enumerate(known) if label != own}
    for question in questions:
        text = plain(question)
        if not well_formed(question):
            found.append(Finding(question, "form", stops=True))
        elif text in seen:
            found.append(Finding(question, "repeated", stops=True))
        elif text in places:
            found.append(Finding(question, "double", stops=True, label=known[places[text]][1]))
        elif near and (best := process.extractOne(text, others, scorer=fuzz.ratio, score_cutoff=NEAR)):
            _, label, written = known[best[2]]
            found.append(Finding(question, "near", stops=False, label=label, text=written))
        seen.add(text)
    return found


def told_of(finding: Finding, knowledge: KnowledgeBase, words: Words) -> str:
    """What is found, for people."""
    group, _, name = finding.label.partition("/")
    held = knowledge.topics.get(name) if group == "ask" else knowledge.near_scope.get(name)
    title = held.title if held is not None else words.replies.get(name, finding.label)
    return words.findings[finding.kind].format(title=title, text=finding.text, share=finding.share)
