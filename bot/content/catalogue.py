"""All topics as a list to look through: what state each is in, and what is due."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from bot.content.model import State, Version
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.parts import PartKind

SOON = timedelta(days=30)
"""So long before its last day, or the day by which it is to be looked over, a topic is due."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic of the list; `states` are what is open or to come beside what is published, `text` is what is searched."""

    topic: Topic
    states: tuple[str, ...]
    dues: tuple[str, ...]
    cites: tuple[str, ...]
    text: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """What of the list is asked for; what is empty does not filter."""

    text: str = ""
    state: str = ""
    item: str = ""
    owner: str = ""
    due: str = ""


class Catalogue:
    """The list; what it makes of the published content is kept until other content, or another day, is there."""

    def __init__(self) -> None:
        self._made_of: tuple[KnowledgeBase, date] | None = None
        self._published: dict[str, Listed] = {}

    def listed(self, knowledge: KnowledgeBase, pending: Iterable[Version], now: datetime, today: date) -> list[Listed]:
        """Every topic that is published, open or retired: first those that are due, then by their titles."""
        if self._made_of is None or self._made_of[0] is not knowledge or self._made_of[1] != today:
            listed = (_listed(knowledge, topic, today) for topic in knowledge.topics.values())
            self._published = {one.topic.id: one for one in sorted(listed, key=_place)}
            self._made_of = knowledge, today
        found, added = dict(self._published), False
        for version in sorted(pending, key=lambda one: one.number):
            key = version.part.key
            if version.part.kind is not PartKind.TOPIC:
                continue
            if version.state is State.RETIRED and key in knowledge.topics:
                continue
            if key not in knowledge.topics:
                states = found[key].states if key in found else ()
                found[key], added = _listed(knowledge, version.value, today, states), True
            state = "scheduled" if version.scheduled(now) else version.state.value
            found[key] = replace(found[key], states=tuple(dict.fromkeys((*found[key].states, state))))
        return sorted(found.values(), key=_place) if added else list(found.values())


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
    return [one for one in listed if _passes(one, chosen) and all(word in one.text for word in words)]


def _passes(one: Listed, chosen: Chosen) -> bool:
    return (
        (not chosen.state or chosen.state in one.states)
        and (not chosen.item or chosen.item in one.cites)
        and (not chosen.owner or chosen.owner == one.topic.owner)
        and (not chosen.due or chosen.due in one.dues or (chosen.due == "any" and bool(one.dues)))
    )


def _listed(knowledge: KnowledgeBase, topic: Topic, today: date, states: tuple[str, ...] | None = None) -> Listed:
    cites = _cites(knowledge, topic)
    facts = (f"{fact.label}{fact}" for fact in topic.facts)
    text = "\n".join((topic.id, topic.title, topic.question, topic.answer, topic.hotline, *facts, *cites)).lower()
    told = (State.PUBLISHED.value,) if states is None else states
    return Listed(topic, told, dues(topic, today), cites, text)


def _place(one: Listed) -> tuple[bool, str]:
    return not one.dues, one.topic.title


def _cites(knowledge: KnowledgeBase, topic: Topic) -> tuple[str, ...]:
    found = ((knowledge.documents.get(ref.document), ref.item) for ref in topic.sources)
    items = (document.item(number) for document, number in found if document is not None)
    return tuple(item.cite for item in items if item is not None)
