"""Which slot a figure belongs to: the nearest cue says so, and for pay the verb between two sums."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from bot.nlu import spans
from bot.nlu.spans import Span
from bot.nlu.statements import pay
from bot.nlu.statements.clause import Bounds, Clauses
from bot.nlu.statements.words import StatementWords
from policies_kb.eligibility.rule import Kind

LITTLE = 6
"""A clause with no more than this beside its figure depends on the rest of its sentence: 快三年了吧，失业保险."""

_EITHER_OR = re.compile(r"([够满到])不\1")
_NOT_THIS = re.compile(r"(?<!是)不是$")
_SINCE = "了"
"""证拿了快一年了 says when it was obtained: so long ago."""
_BEHIND = 0.5
"""A cue behind a figure counts as a little farther than one in front: 原来六千现在四千."""

Assigned = tuple[dict[str, str], list[tuple[str, str]]]


@dataclass(frozen=True, slots=True)
class _Claim:
    """A figure and the slots that its nearest cue speaks for; `own` where the cue is in the figure's own clause."""

    span: Span
    slots: tuple[str, ...]
    own: bool
    clause: Bounds
    distance: float

    def outdoes(self, other: _Claim, corrected: int) -> bool:
        """Whether it counts rather than an earlier one: by its own cue, the later clause, or the nearer cue.

        A figure that depends on another clause counts where it says more exactly what that one says, or behind a
        correction, which stands at `corrected`.
        """
        if other.span.start < corrected < self.span.start:
            return True
        if self.span.vague != other.span.vague:
            return other.span.vague
        if self.own != other.own:
            return self.own or self.span.within(other.span)
        return self.clause != other.clause or self.distance < other.distance


def assign(clauses: Clauses, words: StatementWords, today: date, *, supposed: bool) -> Assigned:
    """The figures of a text by slot, and the loose ones as (kind, written), in their order.

    What a rule demands (要交满三年吗) and what is not so (不是五年，是两年) is left out, but not what is supposed.
    """
    found = [*spans.find(clauses.text, today), *_nothing(clauses.text, words)]
    stated = [span for span in found if not _denied(span, clauses.text, words)]
    if not supposed:
        stated = [span for span in stated if not _demanded(span, clauses, words)]
    by_slot, rest = pay.read(stated, clauses, words)
    corrected = max(words.corrected(clauses.text), default=-1)
    rates = {clauses.around(span.start) for span in found if span.kind is Kind.AMOUNT}
    claims: dict[str, _Claim] = {}
    loose = []
    for span, claim in _one_reading([(span, _claim(span, clauses, words, today)) for span in rest]):
        if claim is None or len(claim.slots) > 1:
            # 一个月开七千 is a rate, not a span of time.
            if span.kind is not Kind.DURATION or clauses.around(span.start) not in rates:
                loose.append((span.kind.value, span.written))
        elif claim.slots and ((other := claims.get(claim.slots[0])) is None or claim.outdoes(other, corrected)):
            claims[claim.slots[0]] = claim
    cued = {slot: claim.span for slot, claim in claims.items()}
    return {slot: span.written for slot, span in {**cued, **by_slot}.items()}, loose


def _nothing(text: str, words: StatementWords) -> list[Span]:
    """没交过 is a span of no months."""
    return [Span(Kind.DURATION, Decimal(0), Decimal(0), *match.span()) for match in words.never.finditer(text)]


def _one_reading(claimed: Sequence[tuple[Span, _Claim | None]]) -> list[tuple[Span, _Claim | None]]:
    """Of 15年 as a year and as a duration the one whose cue is nearer; both where there is none."""
    return [
        (span, claim)
        for span, claim in claimed
        if all(
            _farness(claim) <= _farness(rival)
            for other, rival in claimed
            if span.start < other.end and other.start < span.end and span.kind is not other.kind
        )
    ]


def _farness(claim: _Claim | None) -> tuple[bool, float]:
    return (not claim.own, claim.distance) if claim else (True, float("inf"))


def _claim(span: Span, clauses: Clauses, words: StatementWords, today: date) -> _Claim | None:
    clause = clauses.around(span.start)
    for one in (span, _other_way(span, clause, clauses.text, words, today)):
        if one and (cued := _nearest(one, clause, clauses.text, words)):
            return _Claim(one, cued[1], own=True, clause=clause, distance=cued[0])
    if clause[1] - clause[0] - span.size > LITTLE:
        return None
    cued = _nearest(span, clauses.sentence(span.start), clauses.text, words)
    return _Claim(span, cued[1], own=False, clause=clause, distance=cued[0]) if cued else None


def _other_way(span: Span, clause: Bounds, text: str, words: StatementWords, today: date) -> Span | None:
    """证拿了快一年了 says when, 从2018年开始交 how long: a figure as one of the other kind, for the cues of that."""
    if span.kind is Kind.DURATION and text.startswith(_SINCE, span.end):
        return span.ago(today)
    lasts = span.kind is Kind.DATE and words.lasting.search(text, *clause) and not words.lapses.search(text, *clause)
    return span.lasting(today) if lasts and span.low <= today else None


def _nearest(span: Span, bounds: Bounds, text: str, words: StatementWords) -> tuple[float, tuple[str, ...]] | None:
    """The distance to the nearest cue within the bounds, and the slots it speaks for.

    A cue within the figure itself (腰斩) counts for a slot, not against it: 还差 is part of 还差俩月满三年.
    """
    cues = words.cues[span.kind]
    best = None
    for match in cues.pattern.finditer(text, *bounds):
        ahead, behind = span.start - match.end(), match.start() - span.end
        # A cue with a gap in it is not in the table; only those that nothing asks for have one.
        slots = cues.meanings.get(match[0], ())
        distance = float(ahead) if ahead >= 0 else max(0, behind) + _BEHIND
        if (slots or ahead >= 0 or behind >= 0) and (best is None or distance < best[0]):
            best = distance, slots
    return best


def _demanded(span: Span, clauses: Clauses, words: StatementWords) -> bool:
    first, last = clauses.around(span.start)
    text = clauses.text
    asked = words.asked_for.match(text, span.end, last) or words.demands.search(text, first, span.start)
    return bool(asked or _EITHER_OR.search(text, first, span.end))


def _denied(span: Span, text: str, words: StatementWords) -> bool:
    return bool(_NOT_THIS.search(text, 0, span.start)) or text.startswith(words.lists.speech.none_of_it, span.end)
