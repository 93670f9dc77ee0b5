"""What the rows of a file would make of some hours: shown first, and done whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

import msgspec

from bot.hours.errors import Problem, Refusal, Refused
from bot.hours.model import Hours, Kind, Periods, Special
from bot.hours.reading import day_of, periods_of
from bot.hours.sheets import COLUMNS, Names, Row, header, kind_of, rows_of

LONGEST_NAME = 20


@dataclass(frozen=True, slots=True)
class Change:
    """A weekday or a special day as its row is now and as it would be; a row that is not there yet is empty."""

    before: Row
    after: Row


@dataclass(frozen=True, slots=True)
class Plan:
    """The hours as they would be; with a problem nothing is done."""

    hours: Hours
    changes: tuple[Change, ...]
    problems: tuple[Problem, ...] = ()


def planned(rows: Sequence[Row], hours: Hours, names: Names) -> Plan:
    """What the rows with their heading would do; a weekday or day that they do not name stays as it is."""
    columns = {
        name: place
        for name in COLUMNS
        for place, text in enumerate(rows[0] if rows else ())
        if text == names.columns[name]
    }
    if len(columns) < len(COLUMNS):
        return Plan(hours, (), (Problem("file", Refusal.HEADER, {"columns": "、".join(header(names))}, 1),))
    week, days, problems, seen = list(hours.week), dict(hours.days), [], dict[str, int]()
    for number, row in enumerate(rows[1:], 2):
        cells = {name: row[place] if place < len(row) else "" for name, place in columns.items()}
        if not any(cells.values()):
            continue
        try:
            _take(cells, number, week, days, names, seen)
        except Refused as refused:
            problems += [Problem(one.field, one.refusal, one.values, number) for one in refused.problems]
    if not seen and not problems:
        problems.append(Problem("file", Refusal.EMPTY))
    made = msgspec.structs.replace(hours, week=tuple(week), days=days)
    if not problems and not made.usual and any(one.kind is Kind.ON and not one.periods for one in days.values()):
        problems.append(Problem("periods", Refusal.NO_USUAL))
    return Plan(made, tuple(changes(hours, made, names)), tuple(problems))


def changes(before: Hours, after: Hours, names: Names) -> Iterator[Change]:
    """What differs, by weekday and day."""
    olds, news = ({row[0]: row for row in rows_of(one, names)} for one in (before, after))
    for key in dict.fromkeys((*olds, *news)):
        old, new = olds.get(key, ()), news.get(key, ())
        if old != new:
            yield Change(old, new)


def special(kind: Kind | None, name: str, periods: Periods) -> Special:
    """A special day; raises Refused."""
    if kind is None:
        raise Refused(Problem("kind", Refusal.KIND))
    if len(name) > LONGEST_NAME:
        raise Refused(Problem("name", Refusal.NAME, {"most": LONGEST_NAME}))
    if kind is Kind.OFF and periods:
        raise Refused(Problem("periods", Refusal.OFF_WITH_PERIODS))
    return Special(kind, name, periods)


def _take(
    cells: dict[str, str],
    number: int,
    week: list[Periods],
    days: dict[date, Special],
    names: Names,
    seen: dict[str, int],
) -> None:
    periods = periods_of(cells["periods"], "periods")
    if cells["day"] in names.weekdays:
        key, place = cells["day"], list(names.weekdays).index(cells["day"])
        week[place] = periods
    else:
        day = day_of(cells["day"], "day")
        key = day.isoformat()
        days[day] = special(kind_of(cells["kind"], names), cells["name"], periods)
    if (first := seen.setdefault(key, number)) != number:
        raise Refused(Problem("day", Refusal.TWICE, {"first": first}))
