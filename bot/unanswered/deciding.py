"""Makes content of a cluster in one step: a new topic, questions of one that there is, or nothing, for a reason."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.accounts.audit import Actor, Entry
from bot.content.drafts import id_fits
from bot.content.model import State as VersionState
from bot.content.model import Version
from bot.content.ports import Contents
from bot.content.questions import Finding, TrainingQuestions
from bot.unanswered.model import Change, Decision, Outcome, State
from bot.unanswered.ports import Clusters
from policies_kb.checks.questions import plain
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.parts import Part, Questions, encode, questions_part, topic_part

REVIEWED = timedelta(days=180)
"""A topic that begins here is due for review after so long, unless its editor says otherwise."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """What somebody decides: on which cluster in the version that he saw, and what he says to it."""

    cluster: int
    seen: int
    by: Actor
    note: str


@dataclass(frozen=True, slots=True)
class Done:
    """How it went; `findings` are what stopped it, `removed` the topics that questions were taken from."""

    outcome: Outcome
    findings: tuple[Finding, ...] = ()
    removed: tuple[str, ...] = ()


class Deciding:
    """Drafts begin here; what becomes of them is decided as of any other, by somebody else."""

    def __init__(
        self,
        clusters: Clusters,
        contents: Contents,
        training: TrainingQuestions,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
    ) -> None:
        self._clusters = clusters
        self._contents = contents
        self._training = training
        self._knowledge = knowledge
        self._now = now

    async def ignore(self, wanted: Wanted) -> Outcome:
        """Leave the cluster, and whatever joins it later, unanswered."""
        return await self._decide(wanted, State.IGNORED, "ignore")

    async def reopen(self, wanted: Wanted) -> Outcome:
        """Put it among those that are to be decided on again."""
        return await self._decide(wanted, State.OPEN, "reopen")

    async def begin_topic(self, wanted: Wanted, topic: str, title: str, questions: Sequence[str]) -> Done:
        """Begin the draft of a topic, with the questions as its own for training, and taken from where they stood."""
        part = topic_part(topic)
        elsewhere, found = await self._placed(topic, questions)
        if not id_fits(part) or found:
            return Done(Outcome.CONFLICT, tuple(found))
        values = {part: self._blank(topic, title, questions[0]), questions_part(topic): Questions(tuple(questions))}
        versions = [self._version(wanted, one, value, 1) for one, value in values.items()]
        versions += [await self._next(wanted, questions_part(key), left) for key, left in elsewhere.items()]
        outcome = await self._decide(wanted, State.TOPIC, "begin_topic", topic, versions)
        return Done(outcome, removed=tuple(elsewhere))

    async def add_questions(self, wanted: Wanted, topic: str, questions: Sequence[str]) -> Done:
        """Add the questions to a topic's own, and take them from other topics that editors had added them to."""
        elsewhere, found = await self._placed(topic, questions)
        if found:
            return Done(Outcome.CONFLICT, tuple(found))
        added = (await self._training.added()).get(topic, Questions(()))
        known = {plain(text) for text in (*added.examples, *await self._training.of(f"ask/{topic}"))}
        new = {plain(question): question for question in questions}
        kept = tuple(text for key, text in new.items() if key not in known)
        values = dict(elsewhere) | ({topic: Questions((*added.examples, *kept))} if kept else {})
        versions = [await self._next(wanted, questions_part(key), value) for key, value in values.items()]
        outcome = await self._decide(wanted, State.QUESTIONS, "add_questions", topic, versions)
        return Done(outcome, removed=tuple(elsewhere))

    async def _placed(self, topic: str, questions: Sequence[str]) -> tuple[Mapping[str, Questions], Sequence[Finding]]:
        """What editors had added to other topics, without the questions; and what stops these for the topic."""
        own, gone = f"ask/{topic}", {plain(question) for question in questions}
        left = {key: (held, _without(held, gone)) for key, held in (await self._training.added()).items()}
        elsewhere = {key: after for key, (before, after) in left.items() if key != topic and after != before}
        # What stands at the topic already need not be added, and what is taken from another is no double.
        may = {own, *(f"ask/{key}" for key in elsewhere)}
        found = await self._training.doubles(topic, questions)
        return elsewhere, [
            one for one in found if one.kind == "form" or (one.kind == "double" and one.label not in may)
        ]

    def _blank(self, topic: str, title: str, question: str) -> Topic:
        today = self._now().astimezone(HERE).date()
        contact = next(iter(self._knowledge().contacts))
        return Topic(
            topic, title, question, "", "", "", (), contact, (), valid_from=today, review_by=today + REVIEWED, owner=""
        )

    async def _next(self, wanted: Wanted, part: Part, value: Questions) -> Version:
        versions = await self._contents.versions(part)
        return self._version(wanted, part, value, versions[0].number + 1 if versions else 1)

    def _version(self, wanted: Wanted, part: Part, value: object, number: int) -> Version:
        text = encode(value).decode()
        return Version(part, number, VersionState.DRAFT, text, wanted.note, wanted.by, self._now())

    async def _decide(
        self,
        wanted: Wanted,
        state: State,
        verb: str,
        topic: str | None = None,
        versions: Sequence[Version] = (),
    ) -> Outcome:
        now = self._now()
        decision = Decision(wanted.by.name, now, wanted.note, topic)
        after = {"topic": topic} if topic else {}
        entries = [Entry(now, wanted.by, verb, "unanswered", str(wanted.cluster), wanted.note, after=after)]
        entries += [
            Entry(
                now, wanted.by, "draft", one.part.kind.value, one.part.key, wanted.note, after={"version": one.number}
            )
            for one in versions
        ]
        return await self._clusters.decide(Change(wanted.cluster, wanted.seen, state, decision), entries, versions)


def _without(held: Questions, gone: Collection[str]) -> Questions:
    return Questions(tuple(text for text in held.examples if plain(text) not in gone))
