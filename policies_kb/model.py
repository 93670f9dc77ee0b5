"""The words of the knowledge base as immutable types; one class for each kind of YAML file."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from enum import Enum

import msgspec

from policies_kb.base import Content, ItemNumber
from policies_kb.eligibility.rule import Condition, Outcome, Slot


class Aspect(str, Enum):
    """What a fact tells: the side of a topic that a worker can ask for on its own."""

    AMOUNT = "amount"
    RATE = "rate"
    FUND = "fund"
    WHO = "who"
    CONDITION = "condition"
    DEADLINE = "deadline"
    FREQUENCY = "frequency"
    QUOTA = "quota"
    TERM = "term"
    PROVIDER = "provider"
    CHANNEL = "channel"
    CONTENT = "content"


class Entity(str, Enum):
    """What a worker can name to pick one figure out of several."""

    SKILL_LEVEL = "skill_level"
    MEDAL = "medal"
    PLACING = "placing"
    CONTEST_LEVEL = "contest_level"
    AWARD = "award"


class Item(Content, frozen=True):
    """A provision of a document: its own number, our heading for it, and how it is cited."""

    number: ItemNumber
    heading: str
    cite: str


class Document(Content, frozen=True):
    """A policy paper: what an answer's source line names."""

    id: str
    title: str
    issuer: str
    issued: date
    note: str
    items: tuple[Item, ...]

    def item(self, number: ItemNumber) -> Item | None:
        """The item of that number, or None."""
        return next((item for item in self.items if item.number == number), None)


class Contact(Content, frozen=True):
    """An office that a worker can call: `number` is dialled as it stands."""

    name: str
    number: str
    hours: str
    helps_with: str

    def __str__(self) -> str:
        return f"{self.name}{self.number}"


class Notice(Content, frozen=True):
    """A later rule that an answer has to mention; `text` may name {since} and {contact}."""

    title: str
    since: date
    text: str
    contact: str


class Fact(Content, frozen=True):
    """A figure, date, fund, body or place in an answer, as the item states it."""

    name: str
    aspect: Aspect
    label: str
    value: int | str
    item: ItemNumber
    unit: str = ""
    when: Mapping[Entity, str] = {}

    def __str__(self) -> str:
        return f"{self.value}{self.unit}"


class SourceRef(Content, frozen=True):
    """The item of a document that an answer rests on."""

    document: str
    item: ItemNumber


class Topic(Content, frozen=True):
    """One answerable question with its approved answer; what a worker is told comes from nowhere else.

    A topic with an `outcome` has a rule: whoever meets all its `conditions` gets it. `successor` is the topic that holds
    after `valid_to`. `suspended` is set by the operators' switch and never stands in content.
    """

    id: str
    title: str
    question: str
    audience: str
    answer: str
    hotline: str
    facts: tuple[Fact, ...]
    contact: str
    sources: tuple[SourceRef, ...]
    valid_from: date
    review_by: date
    owner: str
    conditions: tuple[Condition, ...] = ()
    outcome: Outcome | None = None
    steps: tuple[str, ...] = ()
    materials: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    valid_to: date | None = None
    successor: str = ""
    suspended: bool = False

    def in_force(self, today: date) -> bool:
        """Whether the answer may be served on that day (`valid_to` is the last day it may)."""
        return not self.suspended and self.valid_from <= today and (self.valid_to is None or today <= self.valid_to)


class CannedReply(Content, frozen=True):
    """What the assistant says where no topic answers; `examples` are topics offered as questions to tap."""

    text: str
    examples: tuple[str, ...] = ()


class NearScope(Content, frozen=True):
    """A subject next to the paper that it does not answer, and who does."""

    title: str
    contacts: tuple[str, ...]


class MenuButton(Content, frozen=True):
    """A button of the official account's menu: a question to ask, a page to open, or buttons below it."""

    name: str
    ask: str = ""
    url: str = ""
    buttons: tuple[MenuButton, ...] = ()


class Interview(Content, frozen=True):
    """Which ones can I get: the topics that are looked through, and the slots asked for in their order, only so many."""

    topics: tuple[str, ...]
    slots: tuple[str, ...]
    most_questions: int


class UrgentSubject(Content, frozen=True):
    """Something urgent, told by its phrases; `harmless` reads like one of them.

    The text stands in place of an answer, or is added to it where the question is `answered`.
    """

    text: str
    answered: bool
    phrases: tuple[str, ...]
    harmless: tuple[str, ...] = ()


class QuizQuestion(Content, frozen=True):
    """A question for practice on facts of a topic, with the explanation that is given after the answer.

    One of two to four `options` is `right` (A to D); without options the text is a statement, and `right` is 对 or 错.
    """

    topic: str
    text: str
    right: str
    explanation: str
    options: tuple[str, ...] = ()


class KnowledgeBase(msgspec.Struct, frozen=True):
    """All content of one version, checked and ready to be asked."""

    documents: Mapping[str, Document]
    contacts: Mapping[str, Contact]
    notices: Mapping[str, Notice]
    topics: Mapping[str, Topic]
    replies: Mapping[str, CannedReply]
    near_scope: Mapping[str, NearScope]
    menu: tuple[MenuButton, ...]
    slots: Mapping[str, Slot]
    interview: Interview
    urgent: Mapping[str, UrgentSubject]
    quiz: Mapping[str, QuizQuestion]
