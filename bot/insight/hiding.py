"""Groups in which each worker stands among ten at least, also where one is taken from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.insight.model import FEWEST, REST, STEP, Group

EXAMPLES = 60
"""Messages of a group that can be looked up."""


@dataclass(slots=True)
class Tally:
    """The messages of a group while they are counted; the last of them are its examples."""

    messages: int = 0
    workers: set[str] = field(default_factory=set)
    examples: dict[int, None] = field(default_factory=dict)

    def add(self, worker: str, example: int | None) -> None:
        """Count one of a worker, and the message that it can be looked up by, if it may be."""
        self.messages += 1
        self.workers.add(worker)
        if example is None:
            return
        self.examples[example] = None
        if len(self.examples) > EXAMPLES:
            self.examples.pop(next(iter(self.examples)))

    @property
    def enough(self) -> bool:
        """Whether nobody stands out."""
        return len(self.workers) >= FEWEST


def shown(tallies: Mapping[str, Tally]) -> tuple[Group, ...]:
    """The groups that may be shown, the largest first, and what is left as one.

    Where what is left would be too small, it could be told from the sum: the smallest of the others joins it then.
    """
    open_ = sorted((name for name, one in tallies.items() if one.enough), key=lambda name: len(tallies[name].workers))
    hidden = [name for name in tallies if not tallies[name].enough]
    while hidden and open_ and len(_workers(tallies, hidden)) < FEWEST:
        hidden.append(open_.pop(0))
    groups = [_group(name, tallies[name]) for name in open_]
    groups.sort(key=lambda one: (-one.messages, one.name))
    if len(workers := _workers(tallies, hidden)) >= FEWEST:
        messages = sum(tallies[name].messages for name in hidden)
        groups.append(Group(REST, rounded(messages), rounded(len(workers))))
    return tuple(groups)


def rounded(number: int) -> int:
    """A number as it is shown."""
    return STEP * round(number / STEP)


def _workers(tallies: Mapping[str, Tally], names: list[str]) -> set[str]:
    return set().union(*(tallies[name].workers for name in names))


def _group(name: str, tally: Tally) -> Group:
    return Group(name, rounded(tally.messages), rounded(len(tally.workers)), tuple(tally.examples))
