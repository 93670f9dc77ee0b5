"""All topics as a list to look through: what state each is in, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.content.model import State, Version
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.parts import PartKind

SOON = timedelta(days=30)
"""So long before its last day, or the day by which it is to be looked over, a topic is due."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic of the list; `states` are what is open or to come beside what is published."""

    topic: Topic
    states: tuple[str, ...]
    dues: tuple[str, ...]
    cites: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the list is asked for; what is empty does not filter."""

    text: str = ""
    state: str = ""
    item: str = ""
    owner: str = ""
    due: str = ""


def catalogue(knowledge: KnowledgeBase, pending: Iterable[Version], now: datetime, today: date) -> list[Listed]:
    """Every topic that is published, open or retired, by its title."""
    published = {topic.id: topic for topic in knowledge.topics.values()}
    states: dict[str, list[str]] = {topic: [State.PUBLISHED.value] for topic in published}
    for version in sorted(pending, key=lambda one: one.number):
        if version.part.kind is not PartKind.TOPIC:
            continue
        if version.state is State.RETIRED and version.part.key in knowledge.topics:
            continue
        state = "scheduled" if version.scheduled(now) else version.state.value
        states.setdefault(version.part.key, []).append(state)
        if version.part.key not in knowledge.topics:
            published[version.part.key] = version.value
    listed = [
        Listed(topic, tuple(dict.fromkeys(states[topic.id])), dues(topic, today), _cites(knowledge, topic))
        for topic in published.values()
    ]
    return sorted(listed, key=lambda one: (not one.dues, one.topic.title))


def dues(topic: Topic, today: date) -> tuple[str, ...]:
    """What somebody has to do about a topic."""
    found = []
    if topic.valid_to is not None and topic.valid_to < today:
        found.append("expired")
    elif topic.valid_to is not None and topic.valid_to - today <= SOON:
        found.append("soon")
    if topic.review_by - today <= SOON and "expired" not in found:
        found.append("review")
    return tuple(found)


def matching(listed: Sequence[Listed], chosen: Chosen) -> list[Listed]:
    """What the filters let through; every word of the text has to stand somewhere in the topic."""
    words = chosen.text.lower().split()
    return [one for one in listed if _passes(one, chosen) and all(word in _text(one) for word in words)]


def _passes(one: Listed, chosen: Chosen) -> bool:
    return (
        (not chosen.state or chosen.state in one.states)
        and (not chosen.item or chosen.item in one.cites)
        and (not chosen.owner or chosen.owner == one.topic.owner)
        and (not chosen.due or chosen.due in one.dues or (chosen.due == "any" and bool(one.dues)))
    )


def _text(one: Listed) -> str:
    topic = one.topic
    facts = (f"{fact.label}{fact}" for fact in topic.facts)
    return "\n".join((topic.id, topic.title, topic.question, topic.answer, topic.hotline, *facts, *one.cites)).lower()


def _cites(knowledge: KnowledgeBase, topic: Topic) -> tuple[str, ...]:
    found = ((knowledge.documents.get(ref.document), ref.item) for ref in topic.sources)
    items = (document.item(number) for document, number in found if document is not None)
    return tuple(item.cite for item in items if item is not None)
