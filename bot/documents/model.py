"""What an edition of a paper is, and how two differ."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from bot.accounts.audit import Actor
from bot.content.described import Piece, pieces
from policies_kb.base import ItemNumber
from policies_kb.checks.document import Unstated, unstated
from policies_kb.document_text import ItemTexts
from policies_kb.model import Document, Item, Topic

MOST_BYTES = 1024 * 1024
"""So large a paper may be."""

_SENTENCE_ENDS = "。；:：\n"
_LONGEST_HEADING = 20


@dataclass(frozen=True, slots=True)
class Edition:
    """A text of a document as it was uploaded."""

    document: str
    number: int
    name: str
    items: ItemTexts
    by: Actor
    at: datetime


class ItemChange(NamedTuple):
    """An item that two editions differ in; `kind` is appeared, changed or vanished."""

    number: ItemNumber
    kind: str
    pieces: tuple[Piece, ...]


class Doubt(NamedTuple):
    """A fact that an edition does not state; `new` where the edition before stated it."""

    unstated: Unstated
    new: bool


def changes(before: Mapping[ItemNumber, str], after: Mapping[ItemNumber, str]) -> list[ItemChange]:
    """Every item that differs, in the order of the paper."""
    found = []
    for number in dict.fromkeys((*after, *before)):
        old, new = before.get(number), after.get(number)
        if old != new:
            kind = "appeared" if old is None else "vanished" if new is None else "changed"
            found.append(ItemChange(number, kind, pieces(old or "", new or "")))
    return found


def doubts(topics: Mapping[str, Topic], document: str, before: ItemTexts | None, after: ItemTexts) -> list[Doubt]:
    """The facts that an edition does not state, first those that the one before stated."""
    known = {(one.topic.id, one.place) for one in unstated(topics, document, before)} if before is not None else set()
    found = [
        Doubt(one, before is not None and (one.topic.id, one.place) not in known)
        for one in unstated(topics, document, after)
    ]
    return sorted(found, key=lambda one: not one.new)


def items_of(texts: ItemTexts, known: Document | None) -> tuple[Item, ...]:
    """The items of a text for a document; those that are known keep their heading."""
    held = {item.number: item for item in known.items} if known is not None else {}
    return tuple(held.get(number) or Item(number, heading(text), cite(number)) for number, text in texts.items())


def heading(text: str) -> str:
    """A heading for an item until somebody writes a better one: how it begins."""
    first = text.lstrip("0123456789.．、()（） 一二三四五六七八九十")
    ends = [place for sign in _SENTENCE_ENDS if (place := first.find(sign)) > 0]
    return first[: min([*ends, _LONGEST_HEADING])].strip() or text[:_LONGEST_HEADING]


def cite(number: ItemNumber) -> str:
    """How an item is named in a source line."""
    if isinstance(number, int):
        return f"第{number}条"
    part, _, rest = number.partition("(")
    return f"第{part}部分({rest}"
