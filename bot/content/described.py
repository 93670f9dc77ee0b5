"""A topic in plain words, field by field, and what differs between two of its versions."""

from __future__ import annotations

from difflib import SequenceMatcher
from typing import Any, NamedTuple

from bot.content.words import Words
from policies_kb.base import ItemNumber
from policies_kb.model import KnowledgeBase, Topic


class Piece(NamedTuple):
    """A stretch of text: kept, taken out or put in."""

    kind: str
    text: str


class Compared(NamedTuple):
    """A field in two versions."""

    name: str
    label: str
    before: str
    after: str
    pieces: tuple[Piece, ...]

    @property
    def changed(self) -> bool:
        """Whether the two differ."""
        return self.before != self.after


def compared(before: Topic | None, after: Topic | None, knowledge: KnowledgeBase, words: Words) -> list[Compared]:
    """All fields that either version has."""
    sides = [described(topic, knowledge, words) if topic else {} for topic in (before, after)]
    found = []
    for name, label in words.fields.items():
        old, new = sides[0].get(name, ""), sides[1].get(name, "")
        if old or new:
            found.append(Compared(name, label, old, new, pieces(old, new)))
    return found


def described(topic: Topic, knowledge: KnowledgeBase, words: Words) -> dict[str, str]:
    """Each field as a text."""
    told: dict[str, str] = {name: _told(getattr(topic, name)) for name in words.fields}
    told["facts"] = "\n".join(
        f"{fact.label}：{fact}（{words.aspects[fact.aspect.value]}，{_cite(knowledge, topic, fact.item)}"
        f"{_when(fact.when, words)}）{{{fact.name}}}"
        for fact in topic.facts
    )
    told["conditions"] = "\n".join(
        f"{one.text}（{_cite(knowledge, topic, one.item)}；{_slot(knowledge, one.slot)} "
        f"{words.operators[one.operator.value]} {_told(one.value)}）\n　为什么问：{one.why}\n　不满足时：{one.otherwise}"
        for one in topic.conditions
    )
    outcome = topic.outcome
    told["outcome"] = outcome.text if outcome else ""
    if outcome and outcome.calculator:
        slots = "、".join(_slot(knowledge, slot) for slot in outcome.slots)
        told["outcome"] += f"\n　算法：{words.calculators[outcome.calculator.value]}（{slots}；{outcome.rate}）"
    contact = knowledge.contacts.get(topic.contact)
    told["contact"] = str(contact or topic.contact)
    told["notices"] = "\n".join(_title(knowledge.notices, name) for name in topic.notices)
    told["related"] = "\n".join(_title(knowledge.topics, name) for name in topic.related)
    told["successor"] = _title(knowledge.topics, topic.successor)
    told["sources"] = "\n".join(
        f"《{_title(knowledge.documents, ref.document)}》{_cite(knowledge, topic, ref.item)}" for ref in topic.sources
    )
    return told


def pieces(before: str, after: str) -> tuple[Piece, ...]:
    """What of a text is kept, taken out and put in."""
    found: list[Piece] = []
    for kind, i, j, k, m in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            found.append(Piece("same", before[i:j]))
            continue
        found += [Piece(*pair) for pair in (("gone", before[i:j]), ("new", after[k:m])) if pair[1]]
    return tuple(found)


def _cite(knowledge: KnowledgeBase, topic: Topic, number: ItemNumber) -> str:
    for ref in topic.sources:
        document = knowledge.documents.get(ref.document)
        item = document.item(number) if document and ref.item == number else None
        if item is not None:
            return item.cite
    return f"第{number}条"


def _when(when: Any, words: Words) -> str:
    return "".join(f"，{words.entities[entity.value]}是{value}" for entity, value in when.items())


def _slot(knowledge: KnowledgeBase, name: str) -> str:
    slot = knowledge.slots.get(name)
    return slot.title if slot else name


def _title(held: Any, name: str) -> str:
    return held[name].title if name in held else name


def _told(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "是" if value else "否"
    return "、".join(map(str, value)) if isinstance(value, tuple) else str(value)
