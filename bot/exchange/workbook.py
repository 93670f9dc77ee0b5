"""The content as a workbook: rows of text under headings, and what in them cannot be taken."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from openpyxl.utils import get_column_letter

from bot import sheets
from bot.exchange.model import MOST_BYTES, Trouble, Unreadable
from bot.exchange.sheets import COLUMNS, Row
from bot.exchange.words import Words
from bot.sheets import Cell, Sheet

MOST_ROWS = 50_000
_LONGEST = 5000
_WIDE = {"answer", "hotline", "text", "question", "examples", "why", "otherwise"}
_SPARE = 5
"""Columns that somebody may have put in between."""


class Line(NamedTuple):
    """A row of a sheet with its number, as people see it."""

    number: int
    cells: Row


def write(rows: Iterable[tuple[str, Row]], words: Words) -> bytes:
    """A workbook with a sheet for each kind of row, also where it has none."""
    lines: dict[str, list[list[str]]] = {name: [] for name in COLUMNS}
    for name, row in rows:
        lines[name].append([row[column] for column in COLUMNS[name]])
    return sheets.written(
        Sheet(
            words.sheets[name],
            [words.columns[column] for column in columns],
            lines[name],
            [48 if column in _WIDE else 18 for column in columns],
            "B2",
        )
        for name, columns in COLUMNS.items()
    )


def read(data: bytes, words: Words) -> tuple[Mapping[str, list[Line]], list[Trouble]]:
    """The rows of each sheet that is there, and the cells that cannot be taken; raises Unreadable."""
    names = {title: name for name, title in words.sheets.items()}
    found: dict[str, list[Line]] = {}
    troubles: list[Trouble] = []
    try:
        given = sheets.read(data, MOST_BYTES, MOST_ROWS, max(map(len, COLUMNS.values())) + _SPARE)
    except sheets.TooManyRows:
        raise Unreadable("too_long") from None
    except sheets.TooLarge:
        raise Unreadable("too_large") from None
    except sheets.Unreadable:
        raise Unreadable("workbook") from None
    for title, rows in given:
        if title not in names:
            troubles.append(Trouble(title, words.troubles["sheet"]))
            continue
        found[names[title]] = list(_lines(title, names[title], rows, words, troubles))
    if not found:
        raise Unreadable("no_sheet")
    return found, troubles


def _lines(
    title: str, name: str, rows: Sequence[Sequence[Cell]], words: Words, troubles: list[Trouble]
) -> Iterator[Line]:
    titles = {told: column for column, told in words.columns.items() if column in COLUMNS[name]}
    columns = [titles.get(cell.text.strip()) for cell in rows[0]] if rows else []
    missing = (words.columns[column] for column in COLUMNS[name] if column not in columns)
    troubles += [Trouble(title, words.troubles["column"].format(name=told)) for told in missing]
    for number, row in enumerate(rows[1:], 2):
        cells = dict.fromkeys(COLUMNS[name], "")
        for place, (column, cell) in enumerate(zip(columns, row, strict=False), 1):
            if column is None or cell.value is None:
                continue
            text, wrong = _read(cell)
            # What somebody reads keeps its spaces; around a name or a number they are a slip of the hand.
            text = text if column in _WIDE else text.strip()
            if wrong:
                where = f"{title}!{get_column_letter(place)}{number}"
                troubles.append(Trouble(where, words.troubles[wrong]))
            cells[column] = text
        if any(text.strip() for text in cells.values()):
            yield Line(number, cells)


def _read(cell: Cell) -> tuple[str, str]:
    """What a cell says, and what is wrong with that."""
    if cell.wrong:
        return ("" if cell.wrong == "error" else str(cell.value)), cell.wrong
    if isinstance(cell.value, bool):
        return ("是" if cell.value else "否"), ""
    return cell.text, "long" if len(cell.text) > _LONGEST else ""
