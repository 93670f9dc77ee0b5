"""Pay before and now: from two sums with a fall between them, or from one sum and what it fell by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from bot.nlu.spans import Span
from bot.nlu.statements.clause import Clauses
from bot.nlu.statements.words import StatementWords
from policies_kb.eligibility.rule import Kind


def read(found: Sequence[Span], clauses: Clauses, words: StatementWords) -> tuple[dict[str, Span], list[Span]]:
    """The figures that are pay, by slot, and the others; a sum that pay fell by (降了三千) is neither."""
    fall = words.lists.speech.fall
    sums = [span for span in found if span.kind is Kind.AMOUNT]
    others = [span for span in found if span.kind is not Kind.AMOUNT]
    for first, second in pairwise(sums):
        between = clauses.text[first.end : second.start]
        if first.low <= second.high or clauses.sentence(first.start) != clauses.sentence(second.start):
            continue
        if words.fall_to.search(between):
            return {fall.before: first, fall.now: second}, others
        if words.fall_by.search(between):
            return {
                fall.before: first,
                fall.now: replace(second, low=first.low - second.high, high=first.high - second.low),
            }, others
    return {}, others + [span for span in sums if not words.fall_by.search(clauses.text, 0, span.start)]
