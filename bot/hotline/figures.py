"""How fast workers were answered and their matters closed, in working time, of all and of each person."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from bot.hours.port import WorkingTime


@dataclass(frozen=True, slots=True)
class Handled:
    """A handover of the past with the name of whoever had it last; `closed_at` is None while it is open."""

    owner_name: str
    team: str
    begun_at: datetime
    first_answer_at: datetime | None
    closed_at: datetime | None


@dataclass(frozen=True, slots=True)
class Speed:
    """How many there were, the minutes in which half of them were done, and the share that was done in time, in percent.

    None where nothing was done, or where there is no target.
    """

    count: int
    minutes: int | None
    in_time: int | None


@dataclass(frozen=True, slots=True)
class Figures:
    """Of one person, or of all where there is no name."""

    name: str
    handovers: int
    first: Speed
    resolution: Speed


def figures(handled: Sequence[Handled], working: WorkingTime) -> list[Figures]:
    """Those of all first, then those of each person by name."""
    of: dict[str, list[Handled]] = defaultdict(list)
    for one in handled:
        of[one.owner_name].append(one)
    of.pop("", None)
    return [_figures("", handled, working), *(_figures(name, of[name], working) for name in sorted(of))]


def _figures(name: str, handled: Sequence[Handled], working: WorkingTime) -> Figures:
    firsts = [(one, one.first_answer_at, working.targets(one.team).first) for one in handled]
    # What nobody ever answered, since the worker gave up or left, was not resolved by anybody.
    ends = [(one, one.closed_at, working.targets(one.team).resolution) for one in handled if one.first_answer_at]
    return Figures(name, len(handled), _speed(firsts, working), _speed(ends, working))


def _speed(spans: Sequence[tuple[Handled, datetime | None, int]], working: WorkingTime) -> Speed:
    taken = [(working.worked(one.begun_at, end, one.team), target) for one, end, target in spans if end is not None]
    if not taken:
        return Speed(0, None, None)
    kept = [passed <= timedelta(minutes=target) for passed, target in taken if target]
    minutes = median(passed.total_seconds() for passed, _ in taken) / 60
    return Speed(len(taken), round(minutes), round(100 * sum(kept) / len(kept)) if kept else None)
