"""All replies in memory, ready to be searched with every key that is pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.replies.model import Card, Scope
from bot.replies.sounds import Sound, letters, normalised, sounds, sounds_like, spelled

_LONGEST_QUERY = 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; what is empty does not filter."""

    text: str = ""
    scope: str = ""
    category: str = ""


class _Row(NamedTuple):
    """A card with what it is found by."""

    card: Card
    shortcut: str
    title: str
    said: tuple[Sound, ...]
    spelled: str
    letters: frozenset[str]
    text: str


class Index:
    """Made anew when the replies change; how often each was used is looked up, since that changes all the time."""

    def __init__(self, cards: Iterable[Card]) -> None:
        self._rows = {card.key: _row(card) for card in cards}

    def card(self, key: str) -> Card | None:
        """The reply of that key."""
        row = self._rows.get(key)
        return row.card if row else None

    def categories(self, user_id: int) -> list[str]:
        """The categories of what a person can see."""
        return sorted({row.card.category for row in self._rows.values() if row.card.visible_to(user_id)} - {""})

    def search(self, user_id: int, wanted: Wanted, uses: Mapping[str, int], limit: int) -> list[Card]:
        """What contains every word: first where the shortcut is it, then by title, then by text; most used first."""
        words = normalised(wanted.text)[:_LONGEST_QUERY].split()
        found = []
        for row in self._rows.values():
            card = row.card
            if card.visible_to(user_id) and _chosen(card, wanted):
                ranks = [_rank(row, word) for word in words]
                if None not in ranks:
                    found.append((max(filter(None, ranks), default=0), -uses.get(card.key, 0), row.title, card))
        found.sort(key=lambda one: one[:3])
        return [one[3] for one in found[:limit]]


def _row(card: Card) -> _Row:
    title = normalised(card.title)
    said = sounds(title)
    text = normalised("\n".join((card.about, card.text, card.category, *card.source)))
    return _Row(card, normalised(card.shortcut), title, said, spelled(said), letters(said), text)


def _chosen(card: Card, wanted: Wanted) -> bool:
    scope = not wanted.scope or card.scope is Scope(wanted.scope)
    return scope and (not wanted.category or card.category == wanted.category)


def _rank(row: _Row, word: str) -> int | None:
    """How well a word fits, 0 best; None where it does not."""
    if row.shortcut == word:
        return 0
    if word in row.title or (row.shortcut and row.shortcut.startswith(word)):
        return 1
    # Most words are found by the first, which is quick; the second knows those that are abbreviated in part.
    if word in row.spelled or (row.letters.issuperset(word) and sounds_like(word, row.said)):
        return 1
    return 2 if word in row.text else None
