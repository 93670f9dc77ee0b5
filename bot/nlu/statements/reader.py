"""Reads one message: what it states, of whom, and whether it asks, supposes, corrects, skips or stops."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from bot.nlu.lexicon import Match
from bot.nlu.numeral import parse
from bot.nlu.statements import figures, named
from bot.nlu.statements.clause import Clauses
from bot.nlu.statements.finder import Named
from bot.nlu.statements.words import StatementWords

Subject = Literal["self", "other"]
NUMBER = "number"
"""The kind of a loose number that says no more than itself: 四."""

_NOT_BUT = re.compile(r"(?<!是)不是[^,。!?]{1,10}[,\s]?(?:而|应该)?是(?!不是)")


@dataclass(frozen=True, slots=True)
class Statement:
    """What a message says, each value as policies_kb.eligibility.values.parse reads it.

    `loose` has the values that nothing assigns to a slot, each with its kind: a figure's, flag, or number. `subject` is
    None where nobody is named. `facts` counts what is stated, as one word may say something for several slots.
    """

    stated: Mapping[str, bool | str]
    facts: int
    loose: tuple[tuple[str, bool | str], ...]
    subject: Subject | None
    hypothetical: bool
    correction: bool
    skip: bool
    stop: bool
    asks: bool


def read(text: str, words: StatementWords, today: date, heard: Sequence[Match] = ()) -> Statement:
    """What a normalised text says on the day `today`; `heard` are entities that were found by their sound."""
    clauses = Clauses(text)
    supposed = bool(words.hypothetical.search(text))
    by_slot, loose = figures.assign(clauses, words, today, supposed=supposed)
    in_words = named.find(clauses, words, heard)
    stated = {**{one.slot: one.value for one in in_words}, **by_slot}
    asks = bool(words.asks.search(text))
    says_more = bool(stated or loose or asks)
    skip, stop = (not says_more and bool(given.search(text)) for given in (words.skip, words.stop))
    bare = () if says_more or skip or stop else _bare(text, words)
    return Statement(
        stated=stated,
        facts=len(by_slot) + _places(in_words),
        loose=(*loose, *bare),
        subject=_subject(clauses, words),
        hypothetical=supposed,
        correction=_corrects(text, words),
        skip=skip,
        stop=stop,
        asks=asks,
    )


def _places(in_words: Sequence[Named]) -> int:
    """How many words there are, those at one place counted once."""
    places, until = 0, 0
    for one in in_words:
        places += one.start >= until
        until = max(until, one.end)
    return places


def _bare(text: str, words: StatementWords) -> tuple[tuple[str, bool | str], ...]:
    """An answer that is only yes, only no, or only a number."""
    if words.yes.fullmatch(text):
        return (("flag", True),)
    if words.no.fullmatch(text):
        return (("flag", False),)
    number = words.number.fullmatch(text)
    return ((NUMBER, f"{parse(number[1]):f}"),) if number else ()


def _subject(clauses: Clauses, words: StatementWords) -> Subject | None:
    """Of whom the message speaks: whom its last clause with a person names, another before oneself.

    Somebody who is spoken to (师傅，…) or who told the worker something is not spoken of.
    """
    subject: Subject | None = None
    for first, last in clauses.clauses:
        people: set[str] = set()
        for match in words.people.pattern.finditer(clauses.text, first, last):
            addressed = first == 0 and match.start() == 0 and match.end() == last
            if not addressed and not words.tells.match(clauses.text, match.end(), last):
                people.update(words.people.meanings[match[0]])
        if people:
            subject = "other" if "other" in people else "self"
    return subject


def _corrects(text: str, words: StatementWords) -> bool:
    return bool(_NOT_BUT.search(text)) or any(True for _ in words.corrected(text))
