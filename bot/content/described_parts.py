"""Any part in plain words, entry by entry, and what differs between two of its versions."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import yaml

from bot.content.described import Compared, compared, pieces
from bot.content.words import Words
from policies_kb.model import CannedReply, Contact, KnowledgeBase, NearScope, Notice, QuizQuestion, Topic
from policies_kb.parts import Part, PartKind, plain
from policies_kb.quiz import lettered


def compared_parts(part: Part, before: Any, after: Any, knowledge: KnowledgeBase, words: Words) -> list[Compared]:
    """All entries that either version has; a topic's are its fields."""
    if part.kind is PartKind.TOPIC:
        return compared(before, after, knowledge, words)
    sides = [entries(part, value, knowledge, words) if value is not None else {} for value in (before, after)]
    found = []
    for key in dict.fromkeys((*sides[0], *sides[1])):
        old, new = sides[0].get(key, ""), sides[1].get(key, "")
        found.append(Compared(key, label(part, key, words), old, new, pieces(old, new)))
    return found


def entries(part: Part, value: Any, knowledge: KnowledgeBase, words: Words) -> dict[str, str]:
    """Each entry of a shared file, or each field of a document or of a topic's questions, as a text."""
    if part.kind is PartKind.SHARED:
        if not isinstance(value, Mapping):
            return {"all": _yaml(value)}
        return {key: _entry(held, knowledge) for key, held in value.items()}
    if part.kind is PartKind.QUESTIONS:
        return {"examples": "\n".join(value.examples)}
    told = {name: str(getattr(value, name)) for name in ("title", "issuer", "issued", "note")}
    return told | {"items": "\n".join(f"{item.cite} {item.heading}" for item in value.items)}


def label(part: Part, key: str, words: Words) -> str:
    """How people call an entry."""
    if part.kind is PartKind.SHARED:
        return words.replies.get(key, key) if part.key == "replies" else key
    return words.part_fields[key]


def title_of(part: Part, value: Any, knowledge: KnowledgeBase, words: Words) -> str:
    """How people call a part."""
    if part.kind is PartKind.SHARED:
        return words.tables[part.key].title
    if part.kind is PartKind.QUESTIONS:
        topic = knowledge.topics.get(part.key)
        return topic.title if topic is not None else part.key
    title: str = value.title
    return title


def _entry(held: Any, knowledge: KnowledgeBase) -> str:
    if isinstance(held, CannedReply):
        return "\n".join((held.text, *(f"　· {_topic(knowledge, one)}" for one in held.examples)))
    if isinstance(held, Contact):
        return f"{held}（{held.hours}）\n{held.helps_with}"
    if isinstance(held, NearScope):
        return f"{held.title}\n{'、'.join(_contact(knowledge, one) for one in held.contacts)}"
    if isinstance(held, Notice):
        return f"{held.title}（{held.since}）\n{held.text}\n{_contact(knowledge, held.contact)}"
    if isinstance(held, QuizQuestion):
        topic = knowledge.topics.get(held.topic)
        head = f"{topic.title if topic is not None else held.topic}\n{held.text}"
        return "\n".join((head, *lettered(held.options), f"{held.right}　{held.explanation}"))
    return _yaml(held)


def _topic(knowledge: KnowledgeBase, topic_id: str) -> str:
    topic: Topic | None = knowledge.topics.get(topic_id)
    return topic.question if topic is not None else topic_id


def _contact(knowledge: KnowledgeBase, name: str) -> str:
    return str(knowledge.contacts.get(name, name))


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(plain(value), allow_unicode=True, sort_keys=False, width=2**20)).strip()
