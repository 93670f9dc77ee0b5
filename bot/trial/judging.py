"""Whether an answer is as it was expected."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.trial.model import Answer, Result, Row
from bot.trial.reason import ANSWERED, ASKED

OPEN, RIGHT, WRONG, MISSED, OTHER_TEXT = "open", "right", "wrong", "missed", "other_text"


def judged(row: Row, answer: Answer) -> Result:
    """The row with its outcome; the wording counts only where the topic is right."""
    if not row.judged:
        return Result(row, answer, OPEN)
    outcome = _by_topic(row, answer)
    if outcome == RIGHT and row.text and row.text not in answer.text:
        outcome = OTHER_TEXT
    return Result(row, answer, outcome)


def _by_topic(row: Row, answer: Answer) -> str:
    if row.refusal:
        return {ANSWERED: WRONG, ASKED: ASKED}.get(answer.kind, RIGHT)
    if not row.topics:
        return RIGHT
    if answer.kind == ANSWERED:
        return RIGHT if set(answer.topics) & set(row.topics) else WRONG
    return ASKED if answer.kind == ASKED else MISSED


@dataclass(frozen=True, slots=True)
class Pair:
    """The same question in two batches; `better` and `worse` compare the outcomes, `changed` also the texts."""

    before: Result
    after: Result

    @property
    def changed(self) -> bool:
        """Whether anything a worker sees is different."""
        old, new = self.before.answer, self.after.answer
        return (old.text, old.options) != (new.text, new.options) or self.better or self.worse

    @property
    def better(self) -> bool:
        """Whether it is as expected now, and was not."""
        return self.after.passed and self.before.failed

    @property
    def worse(self) -> bool:
        """Whether it was as expected, and is not now."""
        return self.before.passed and self.after.failed


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two batches side by side, and what only one of them has."""

    pairs: tuple[Pair, ...]
    only_before: tuple[Result, ...]
    only_after: tuple[Result, ...]


def compare(before: Sequence[Result], after: Sequence[Result]) -> Comparison:
    """The questions that both have, in the order of the later one."""
    old = {one.row.question: one for one in before}
    new = {one.row.question: one for one in after}
    pairs = tuple(Pair(old[question], one) for question, one in new.items() if question in old)
    gone = tuple(one for question, one in old.items() if question not in new)
    return Comparison(pairs, gone, tuple(one for question, one in new.items() if question not in old))
