"""Decides whether a message wants a verdict: does somebody qualify, and for which topic."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from bot.nlu.context import ASK
from bot.nlu.decision import CHOOSE, CLARIFY, UNKNOWN
from bot.nlu.reading import Context, Reading
from bot.nlu.statements import Statement
from bot.nlu.statements.reader import NUMBER

TOLD = 2
"""So many facts tell of somebody, even where nobody is named."""
_AMOUNT = "amount"
_WHETHER = frozenset({_AMOUNT, "who", "condition"})
"""The sides of a topic that a verdict answers; who asks for a fund or a deadline wants that."""
_BARE = frozenset({"flag", NUMBER})
"""Loose values that answer a question and say nothing without one: 好的, 4."""
CERTAIN = 0.9
"""The confidence from which a message that tells something asks for its own topic all the same."""
_OUTSIDE = "oos/"
_UNCLEAR = (CLARIFY, UNKNOWN, CHOOSE, "chat/noise", "chat/affirm")


@dataclass(frozen=True, slots=True)
class Guessed:
    """What the message was understood as, and the confidence from which that is not called in question."""

    label: str
    confidence: float
    firm: float

    @property
    def sure(self) -> bool:
        """Whether it is taken at its word."""
        return self.confidence >= self.firm and self.label not in _UNCLEAR


def to_judge(
    statement: Statement, figures: Collection[str], kinds: Mapping[str, str], reading: Reading, guessed: Guessed
) -> str | None:
    """The label of the topic that a verdict is wanted on, or None.

    `figures` are slots that pick a figure of a topic, `kinds` has for each slot the kind of loose value that fills it.

    A message asks whether somebody qualifies; or it tells, after a topic with a rule, what may change the verdict:
    说错了，是5年, 要是我考下高级技师呢, 我徒弟才交了一年. A level or a place by itself, 那高级技师呢, asks for that figure instead.
    """
    story = statement.asks or statement.facts > TOLD
    if not story and not _WHETHER.issuperset(reading.aspects):
        return None
    # One word may tell several things: who is 高级技师 may also teach, and still only a level was named.
    named = statement.stated.keys() & set(figures)
    personal = len(statement.stated) > len(named) and statement.facts > len(named)
    context = reading.context if reading.context is not None and reading.context.rule else None
    if context is not None:
        fits = {kinds[slot] for slot in context.rule if slot in kinds} - _BARE
        loose = any(kind in fits for kind, _ in statement.loose)
        if _changes(statement, personal=personal, loose=loose):
            return _after(context, statement, guessed, loose=loose)
    of_somebody = statement.subject is not None or (personal and statement.facts >= TOLD)
    wants = statement.asks or _AMOUNT in reading.aspects or statement.facts >= TOLD
    asked = guessed.label.startswith(ASK) and bool(statement.stated) and of_somebody and wants
    return guessed.label if asked else None


def _changes(statement: Statement, *, personal: bool, loose: bool) -> bool:
    told = bool(statement.stated) or loose
    of_a_case = statement.hypothetical or statement.correction or statement.subject is not None
    return told and (personal or loose or of_a_case)


def _after(context: Context, statement: Statement, guessed: Guessed, *, loose: bool) -> str | None:
    """What is told belongs to the topic before, unless the message is surely about something else."""
    if guessed.sure and guessed.label in [ASK + topic for topic in (context.topic, *context.family)]:
        return guessed.label
    asks = guessed.label.startswith(ASK) and statement.asks
    supposes = (statement.hypothetical or statement.correction) and not statement.asks
    if guessed.sure and not supposes and not _answers(context, statement, guessed, loose=loose):
        return guessed.label if asks and statement.stated else None
    return ASK + context.topic


def _answers(context: Context, statement: Statement, guessed: Guessed, *, loose: bool) -> bool:
    """Whether it tells what the rule asks for, in words that are hardly a question of this service by themselves.

    A loose figure tells nothing where the message is certainly about something else: 失业金一个月多少.
    """
    certain = guessed.confidence >= CERTAIN
    told = bool(statement.stated.keys() & set(context.rule)) or (loose and not certain)
    outside = guessed.label.startswith(_OUTSIDE) or (
        guessed.label.startswith(ASK) and not certain and statement.subject is None
    )
    return told and outside and not statement.asks
