"""Workbooks of openpyxl: rows of text under headings; a formula is never run, and never taken for text."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from datetime import date, datetime
from typing import Any, NamedTuple
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from bot.exchange.model import MOST_BYTES, Trouble, Unreadable
from bot.exchange.sheets import COLUMNS, Row, guarded, unguarded
from bot.exchange.words import Words

MOST_ROWS = 50_000
_MOST_UNPACKED = 16 * MOST_BYTES
_LONGEST = 5000
_WIDE = {"answer", "hotline", "text", "question", "examples", "why", "otherwise"}


class Line(NamedTuple):
    """A row of a sheet with its number, as people see it."""

    number: int
    cells: Row


def write(rows: Iterable[tuple[str, Row]], words: Words) -> bytes:
    """A workbook with a sheet for each kind of row, also where it has none."""
    book = Workbook(write_only=True)
    sheets = {}
    for name, columns in COLUMNS.items():
        sheets[name] = sheet = book.create_sheet(words.sheets[name])
        sheet.freeze_panes = "B2"
        for place, column in enumerate(columns):
            sheet.column_dimensions[get_column_letter(place + 1)].width = 48 if column in _WIDE else 18
        sheet.append([_heading(sheet, words.columns[column]) for column in columns])
    for name, row in rows:
        sheets[name].append([_cell(sheets[name], row[column]) for column in COLUMNS[name]])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, words: Words) -> tuple[Mapping[str, list[Line]], list[Trouble]]:
    """The rows of each sheet that is there, and the cells that cannot be taken; raises Unreadable."""
    _check_size(data)
    names = {title: name for name, title in words.sheets.items()}
    found: dict[str, list[Line]] = {}
    troubles: list[Trouble] = []
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False)
        for sheet in book.worksheets:
            if sheet.title not in names:
                troubles.append(Trouble(sheet.title, words.troubles["sheet"]))
                continue
            found[names[sheet.title]] = list(_lines(sheet, names[sheet.title], words, troubles))
    except (InvalidFileException, KeyError, ValueError, TypeError, ParseError, zipfile.BadZipFile, EOFError):
        raise Unreadable("workbook") from None
    if not found:
        raise Unreadable("no_sheet")
    return found, troubles


def _check_size(data: bytes) -> None:
    """Refuse what would unpack to more than it may: the sizes are those of the archive's own list."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > _MOST_UNPACKED:
                raise Unreadable("too_large")
    except zipfile.BadZipFile:
        raise Unreadable("workbook") from None


def _lines(sheet: Any, name: str, words: Words, troubles: list[Trouble]) -> Iterator[Line]:
    titles = {title: column for column, title in words.columns.items() if column in COLUMNS[name]}
    columns: list[str | None] = []
    for number, row in enumerate(sheet.iter_rows(max_col=len(COLUMNS[name]) + 5), 1):
        if number > MOST_ROWS:
            raise Unreadable("too_long")
        if number == 1:
            columns = [titles.get(str(cell.value).strip()) for cell in row]
            missing = (words.columns[column] for column in COLUMNS[name] if column not in columns)
            troubles += [Trouble(sheet.title, words.troubles["column"].format(name=title)) for title in missing]
            continue
        cells = dict.fromkeys(COLUMNS[name], "")
        for place, cell in zip(columns, row, strict=False):
            if place is None or cell.value is None:
                continue
            text, wrong = _read(cell)
            # What somebody reads keeps its spaces; around a name or a number they are a slip of the hand.
            text = text if place in _WIDE else text.strip()
            if wrong:
                troubles.append(Trouble(f"{sheet.title}!{cell.coordinate}", words.troubles[wrong]))
            cells[place] = text
        if any(text.strip() for text in cells.values()):
            yield Line(number, cells)


def _read(cell: Any) -> tuple[str, str]:
    """What a cell says, and what is wrong with that."""
    value = cell.value
    if cell.data_type == "f":
        return str(value), "formula"
    if cell.data_type == "e":
        return "", "error"
    if isinstance(value, bool):
        return ("是" if value else "否"), ""
    if isinstance(value, datetime | date):
        return value.strftime("%Y-%m-%d"), ""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    text = unguarded(ILLEGAL_CHARACTERS_RE.sub("", str(value)).replace("\r\n", "\n"))
    return text, "long" if len(text) > _LONGEST else ""


def _heading(sheet: Any, title: str) -> Any:
    cell = WriteOnlyCell(sheet, title)
    cell.font = Font(bold=True)
    return cell


def _cell(sheet: Any, text: str) -> Any:
    cell = WriteOnlyCell(sheet, guarded(ILLEGAL_CHARACTERS_RE.sub("", text)))
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell
