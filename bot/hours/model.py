"""What a calendar of working hours is made of, as it is kept and edited."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from enum import Enum

import msgspec

DAY = 24 * 60
"""Minutes."""


class Period(msgspec.Struct, frozen=True, order=True):
    """A part of a day in minutes since midnight; its end is no longer in it, and midnight at the end is 1440."""

    start: int
    end: int


Periods = tuple[Period, ...]
"""Of one day: in order, and none touches another."""


class Kind(str, Enum):
    """What a day is that is not as its weekday: a holiday, or one that is worked though it would be free (调休)."""

    OFF = "off"
    ON = "on"


class Special(msgspec.Struct, frozen=True):
    """Such a day; one that is worked without periods of its own has those of an ordinary working day."""

    kind: Kind
    name: str = ""
    periods: Periods = ()


class Targets(msgspec.Struct, frozen=True):
    """Within how many working minutes a worker is to be answered first, and his matter to be closed."""

    first: int
    resolution: int


class Hours(msgspec.Struct, frozen=True):
    """Seven weekdays from Monday on, the days that are different, and the targets of a team."""

    week: tuple[Periods, ...]
    days: Mapping[date, Special]
    targets: Targets

    @property
    def usual(self) -> Periods:
        """The periods of the first weekday that is worked."""
        return next((periods for periods in self.week if periods), ())

    def on(self, day: date) -> Periods:
        """The periods of a day."""
        special = self.days.get(day)
        if special is None:
            return self.week[day.weekday()]
        return () if special.kind is Kind.OFF else special.periods or self.usual


class Kept(msgspec.Struct, frozen=True):
    """A team's hours with who changed them last; version 0 is what nobody has changed so far."""

    team: str
    hours: Hours
    version: int
    changed_at: datetime | None = None
    changed_by: str | None = None
