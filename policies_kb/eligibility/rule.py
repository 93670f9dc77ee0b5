"""The vocabulary of eligibility rules: what can be asked, how an answer is tested, and what follows from it."""

from __future__ import annotations

from enum import Enum

from policies_kb.base import Content, ItemNumber


class Kind(str, Enum):
    """What the answer to a question is. A duration counts whole months; an amount is in yuan, a percentage in %."""

    FLAG = "flag"
    CHOICE = "choice"
    DATE = "date"
    DURATION = "duration"
    AMOUNT = "amount"
    PERCENT = "percent"


class Operator(str, Enum):
    """How a condition tests an answer.

    `is`: the flag or choice itself. `one_of`: a choice out of several. `at_least`, `at_most`: a duration, amount or
    percentage, the bound included. `since`: a date, that day included. `within`: a date not in the future from which
    the span has not yet run out; its last day is the same day of the month (the month's last where it has none) and
    counts (Civil Code, articles 201 and 202).
    """

    IS = "is"
    ONE_OF = "one_of"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"
    SINCE = "since"
    WITHIN = "within"


class Calculator(str, Enum):
    """The formulas that content may name; see calculators.py."""

    FALL_IN_PERCENT = "fall_in_percent"
    SHARE_OF_FALL = "share_of_fall"


class Derivation(Content, frozen=True):
    """A slot that can be worked out from others, in the order that the calculator takes them."""

    calculator: Calculator
    slots: tuple[str, ...]


class Slot(Content, frozen=True):
    """One thing about a person that rules ask for.

    `title` names it in a verdict (失业保险参保时间), `question` asks for it, `choices` are the values of a choice, of which
    `none` is the one that 没有 stands for. `derived` says how to work it out from other slots.
    """

    title: str
    kind: Kind
    question: str
    choices: tuple[str, ...] = ()
    none: str = ""
    derived: Derivation | None = None

    @property
    def sources(self) -> tuple[str, ...]:
        """The slots that it can be worked out from; empty where it has to be asked for itself."""
        return self.derived.slots if self.derived is not None else ()


class Condition(Content, frozen=True):
    """One test of a rule. `text` says it in plain words with {facts} for its figures; the item states it.

    `value` is written like an answer: true, 高级工, [技师, 高级技师], 3年, 50%, "2017-01-01". `why` tells a worker why he
    is asked, `otherwise` what would change a "no".
    """

    text: str
    item: ItemNumber
    slot: str
    operator: Operator
    value: bool | str | tuple[str, ...]
    why: str
    otherwise: str


class Outcome(Content, frozen=True):
    """What a worker gets who meets every condition, with {facts} and {figures} for what it comes to.

    A calculator works out a sum from `slots` and the figure of the fact `rate`.
    """

    text: str
    calculator: Calculator | None = None
    slots: tuple[str, ...] = ()
    rate: str = ""
