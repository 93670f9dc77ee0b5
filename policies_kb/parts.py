"""The parts of the content that are kept, versioned and exchanged one by one: topics, their questions, documents, shared files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, NamedTuple

import msgspec

from policies_kb.base import Content
from policies_kb.eligibility.rule import Slot
from policies_kb.model import (
    CannedReply,
    Contact,
    Document,
    Interview,
    KnowledgeBase,
    MenuButton,
    NearScope,
    Notice,
    QuizQuestion,
    Topic,
    UrgentSubject,
)

SHARED: Mapping[str, Any] = {
    "contacts": dict[str, Contact],
    "notices": dict[str, Notice],
    "replies": dict[str, CannedReply],
    "near_scope": dict[str, NearScope],
    "menu": tuple[MenuButton, ...],
    "slots": dict[str, Slot],
    "interview": Interview,
    "urgent": dict[str, UrgentSubject],
    "quiz": dict[str, QuizQuestion],
}
"""The shared files by name, and what each holds."""


class Questions(Content, frozen=True):
    """Questions that editors have added for a topic, for the next training; no answer is made of them."""

    examples: tuple[str, ...]


class PartKind(str, Enum):
    """What a part is."""

    DOCUMENT = "document"
    QUESTIONS = "questions"
    SHARED = "shared"
    TOPIC = "topic"


FOLDERS: Mapping[PartKind, str] = {
    PartKind.DOCUMENT: "documents",
    PartKind.QUESTIONS: "questions",
    PartKind.TOPIC: "topics",
}
"""Where in a content folder the parts of a kind stand, each in a file of its own."""


class Part(NamedTuple):
    """Names a part: a topic, its questions or a document by its id, a shared file by its name."""

    kind: PartKind
    key: str

    @property
    def type(self) -> Any:
        """What the part's value is."""
        types = {PartKind.DOCUMENT: Document, PartKind.QUESTIONS: Questions, PartKind.TOPIC: Topic}
        return types.get(self.kind) or SHARED[self.key]

    @property
    def file(self) -> str:
        """Where the part stands in a content folder."""
        return f"{FOLDERS[self.kind]}/{self.key}.yml" if self.kind in FOLDERS else f"{self.key}.yml"

    def __str__(self) -> str:
        return self.key if self.kind is PartKind.SHARED else f"{self.kind.value} {self.key}"


def topic_part(topic_id: str) -> Part:
    """The part of a topic."""
    return Part(PartKind.TOPIC, topic_id)


def questions_part(topic_id: str) -> Part:
    """The part of a topic's own questions."""
    return Part(PartKind.QUESTIONS, topic_id)


def shared_part(name: str) -> Part:
    """The part of a shared file."""
    return Part(PartKind.SHARED, name)


def parts_of(knowledge: KnowledgeBase) -> dict[Part, Any]:
    """Everything a knowledge base is made of."""
    found: dict[Part, Any] = {Part(PartKind.DOCUMENT, key): value for key, value in knowledge.documents.items()}
    found |= {Part(PartKind.SHARED, name): getattr(knowledge, name) for name in SHARED}
    return found | {topic_part(key): value for key, value in knowledge.topics.items()}


def encode(value: Any) -> bytes:
    """The canonical JSON of a part's value: equal values give equal bytes."""
    return msgspec.json.encode(value)


def decode(part: Part, text: bytes | str) -> Any:
    """The value that `encode` wrote; raises msgspec.DecodeError for another shape."""
    return msgspec.json.decode(text, type=part.type)


def plain(value: Any) -> Any:
    """A part's value as YAML would give it, without what is only a default."""
    if isinstance(value, msgspec.Struct):
        return {name: plain(held) for name, held in _told(value)}
    if isinstance(value, Mapping):
        return {_key(key): plain(held) for key, held in value.items()}
    if isinstance(value, list | tuple):
        return [plain(held) for held in value]
    return value.value if isinstance(value, Enum) else value


def _told(value: msgspec.Struct) -> Iterator[tuple[str, Any]]:
    for field in msgspec.structs.fields(value):
        held = getattr(value, field.name)
        if field.required or held != _default(field):
            yield field.name, held


def _default(field: msgspec.structs.FieldInfo) -> Any:
    return field.default if field.default_factory is msgspec.NODEFAULT else field.default_factory()


def _key(key: Any) -> str:
    return str(key.value if isinstance(key, Enum) else key)
