"""Hours for tests: an office with a lunch break, a holiday with its make-up days, and whatever hypothesis thinks of."""

from __future__ import annotations

from datetime import date, datetime

from hypothesis import strategies as st

from bot.hours.model import DAY, Hours, Kind, Period, Periods, Special, Targets
from policies_kb.chinese_date import HERE

MORNING, AFTERNOON = Period(8 * 60 + 30, 11 * 60 + 30), Period(13 * 60, 17 * 60)
OFFICE = (MORNING, AFTERNOON)
TARGETS = Targets(30, 480)


def special_days() -> dict[date, Special]:
    """The National Day of 2026: seven days off, a Sunday before and a Saturday after that are worked."""
    off = {date(2026, 10, day): Special(Kind.OFF, "国庆节") for day in range(1, 8)}
    return off | {
        date(2026, 9, 20): Special(Kind.ON, "国庆节调休"),
        date(2026, 10, 10): Special(Kind.ON, "国庆节调休", (MORNING,)),
    }


def office() -> Hours:
    """Weekdays with a lunch break."""
    return Hours((OFFICE,) * 5 + ((), ()), special_days(), TARGETS)


def at(text: str) -> datetime:
    """A time in China, as 2026-10-01 12:30."""
    return datetime.strptime(text, "%Y-%m-%d %H:%M").replace(tzinfo=HERE)


@st.composite
def periods(draw: st.DrawFn) -> Periods:
    """The periods of any day, also one with none or one that ends at midnight."""
    bounds = sorted(draw(st.sets(st.integers(0, DAY), max_size=6)))
    return tuple(Period(start, end) for start, end in zip(bounds[::2], bounds[1::2], strict=False))


@st.composite
def hours(draw: st.DrawFn) -> Hours:
    """Any hours with days around those of `moments` that are different."""
    week = tuple(draw(st.lists(periods(), min_size=7, max_size=7)))
    special = st.builds(Special, st.sampled_from(Kind), periods=periods())
    days = draw(st.dictionaries(st.dates(date(2026, 1, 1), date(2026, 1, 20)), special, max_size=4))
    return Hours(week, days, TARGETS)


moments = st.datetimes(datetime(2025, 12, 28), datetime(2026, 1, 25), timezones=st.just(HERE))  # noqa: DTZ001 - The strategy adds the zone.
