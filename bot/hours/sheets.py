"""Hours as rows of texts, a weekday or a special day each; out into Excel, and back from Excel or CSV."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot import sheets
from bot.hours.errors import Problem, Refusal, Refused
from bot.hours.model import Hours, Kind, Special
from bot.hours.reading import written
from bot.sheets import Sheet

MOST_BYTES = 2 * 1024 * 1024
"""Of an uploaded file."""
MOST_ROWS = 2000
COLUMNS = ("day", "kind", "name", "periods")
_WIDTHS = (16, 10, 24, 40)
Row = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Names:
    """How columns, weekdays and kinds of days are called in a file."""

    columns: Mapping[str, str]
    weekdays: Sequence[str]
    kinds: Mapping[str, str]


def rows_of(hours: Hours, names: Names) -> list[Row]:
    """All rows of some hours, without a heading."""
    week = [(name, "", "", written(periods)) for name, periods in zip(names.weekdays, hours.week, strict=True)]
    return [*week, *special_rows(hours.days, names)]


def special_rows(days: Mapping[date, Special], names: Names) -> Iterator[Row]:
    """A row for each special day."""
    for day, special in sorted(days.items()):
        yield day.isoformat(), names.kinds[special.kind.value], special.name, written(special.periods)


def read(name: str, data: bytes) -> list[Row]:
    """The rows of an uploaded file; raises Refused."""
    if not data:
        raise Refused(Problem("file", Refusal.EMPTY))
    try:
        return _csv(data) if name.lower().endswith(".csv") else _excel(data)
    except sheets.TooLarge:
        values = {"rows": MOST_ROWS, "size": MOST_BYTES // 1024**2}
        raise Refused(Problem("file", Refusal.LARGE, values)) from None
    except (sheets.Unreadable, csv.Error, UnicodeDecodeError):
        raise Refused(Problem("file", Refusal.UNREADABLE)) from None


def exported(title: str, hours: Hours, names: Names) -> bytes:
    """An Excel file of some hours."""
    return sheets.written([Sheet(title, header(names), rows_of(hours, names), _WIDTHS)])


def header(names: Names) -> list[str]:
    """The heading of a file."""
    return [names.columns[column] for column in COLUMNS]


def kind_of(text: str, names: Names) -> Kind | None:
    """The kind of a day by its word."""
    return next((Kind(kind) for kind, word in names.kinds.items() if word == text), None)


def _excel(data: bytes) -> list[Row]:
    (_, rows), *_ = sheets.read(data, MOST_BYTES, MOST_ROWS + 1, len(COLUMNS))
    return [tuple(cell.text.strip() for cell in row) for row in rows]


def _csv(data: bytes) -> list[Row]:
    """Excel in China writes GB 18030, others UTF-8."""
    if len(data) > MOST_BYTES:
        raise sheets.TooLarge
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = data.decode("gb18030")
    found = [tuple(cell.strip() for cell in row) for row in csv.reader(io.StringIO(text, newline=""), strict=True)]
    if len(found) > MOST_ROWS + 1:
        raise sheets.TooLarge
    width = len(COLUMNS)
    return [(*row, *[""] * (width - len(row)))[:width] for row in found]
