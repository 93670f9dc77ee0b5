"""A worker's practice of one day, and what is said to it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date

from policies_kb.quiz import FALSE, TRUE

RIGHT, WRONG, DROPPED = "1", "0", "-"
_STATEMENT = {
    "对": TRUE,
    "正确": TRUE,
    "√": TRUE,
    "✓": TRUE,
    "错": FALSE,
    "错误": FALSE,
    "不对": FALSE,
    "×": FALSE,
    "✗": FALSE,
}
_LETTER = re.compile(r"(?:我?选|答案?是?)?\s*([A-D])(?:\s*[.、,:。].*)?", re.DOTALL)
_ENDS = " \t\n。.!,、~"


@dataclass(frozen=True, slots=True)
class Practice:
    """The set of a day and its answers so far, one sign each; `going` until the worker wants no more.

    `streak` is how many days in a row are done, and 0 until this one is.
    """

    day: date
    questions: tuple[str, ...]
    answers: str = ""
    going: bool = True
    streak: int = 0

    @property
    def done(self) -> bool:
        """Whether every question is answered."""
        return len(self.answers) >= len(self.questions)

    @property
    def right(self) -> int:
        """How many answers are right."""
        return self.answers.count(RIGHT)

    @property
    def counted(self) -> int:
        """How many questions were answered; those that could no longer be asked do not count."""
        return len(self.answers) - self.answers.count(DROPPED)

    def answered(self, sign: str) -> Practice:
        """With one more answer."""
        return replace(self, answers=self.answers + sign)


@dataclass(frozen=True, slots=True)
class Found:
    """What is kept of a worker: today's practice, the last day before that was done, and its streak.

    `interrupted`: he has said something else since the open question was asked.
    """

    today: Practice | None = None
    last_done: date | None = None
    streak: int = 0
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """What is recorded with a reply, on top of `before`; Outdated where that is no longer what is kept."""

    practice: Practice
    before: Practice | None


@dataclass(frozen=True, slots=True)
class Standing:
    """How many have done the practice of a day, and how many of them had more right."""

    done: int
    better: int


def plain(text: str) -> str:
    """What was typed, without what does not count."""
    return unicodedata.normalize("NFKC", text).strip(_ENDS).upper()


def answer_in(text: str) -> str | None:
    """The answer that a message is and nothing else: a letter, or true or false; None where it is no answer."""
    said = plain(text)
    if said in _STATEMENT:
        return _STATEMENT[said]
    letter = _LETTER.fullmatch(said)
    return letter[1] if letter else None
