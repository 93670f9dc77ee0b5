"""Excel workbooks out and in: cells are text or numbers, a formula is never run and never taken for text."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, NamedTuple

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter

MOST_UNPACKED = 16
"""How many times its size a workbook may unpack to: a small file may unpack to a very large one."""
_LONGEST_CELL = 32_000
"""Characters; Excel itself takes 32,767."""
_FORMULA = re.compile(r"'*[=+\-@\t\r]")
_WRAPPED, _BOLD, _PLAIN = Alignment(wrap_text=True, vertical="top"), Font(bold=True), Font(bold=False)
"""Made once: to make them for each cell takes longer than all else."""

Value = str | float | None


class Unreadable(Exception):
    """A file is no Excel workbook."""


class TooLarge(Exception):
    """A workbook is larger than is taken at once."""


class TooManyRows(TooLarge):
    """One of its sheets has more rows."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet to be written; `widths` are those of its columns, in characters."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Value]]
    widths: Sequence[float]
    frozen: str = "A2"


class Cell(NamedTuple):
    """A cell that was read; `wrong` is "formula" or "error" where it holds no value of its own."""

    value: Any
    wrong: str = ""

    @property
    def text(self) -> str:
        """What people see in it, without the guard of `written`; 3.0 is what Excel makes of a typed 3."""
        value = self.value
        if isinstance(value, datetime | date):
            value = value.strftime("%Y-%m-%d")
        if isinstance(value, float) and value.is_integer():
            value = int(value)
        text = "" if value is None else clean(str(value))
        return text[1:] if text.startswith("'") and _FORMULA.match(text) else text


def clean(text: str) -> str:
    """The text without what no cell can hold."""
    cleaned: str = ILLEGAL_CHARACTERS_RE.sub("", text)
    return cleaned.replace("\r\n", "\n")


def written(sheets: Iterable[Sheet]) -> bytes:
    """A workbook. A text that a program could take for a formula gets an apostrophe before it."""
    book = Workbook(write_only=True)
    for one in sheets:
        sheet = book.create_sheet(one.title)
        sheet.freeze_panes = one.frozen
        for place, width in enumerate(one.widths, 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_written(sheet, heading, bold=True) for heading in one.headings])
        for row in one.rows:
            sheet.append([_written(sheet, value) for value in row])
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def read(data: bytes, most_bytes: int, most_rows: int, most_columns: int) -> list[tuple[str, list[list[Cell]]]]:
    """The sheets by title with their rows, the empty ones at the end left out; raises Unreadable, TooLarge.

    All rows have `most_columns` cells; what stands further to the right is not read.
    """
    if len(data) > most_bytes:
        raise TooLarge
    try:
        _check_unpacked(data, MOST_UNPACKED * most_bytes)
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        found = [(sheet.title, _rows(sheet, most_rows, most_columns)) for sheet in book.worksheets]
        book.close()
    except TooLarge:
        raise
    except Exception as error:
        # What is no workbook fails in as many ways as there are files.
        raise Unreadable from error
    return found


def _check_unpacked(data: bytes, most: int) -> None:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        if sum(one.file_size for one in packed.infolist()) > most:
            raise TooLarge


def _rows(sheet: Any, most_rows: int, most_columns: int) -> list[list[Cell]]:
    # The size that a file states may be wrong.
    sheet.reset_dimensions()
    found: list[list[Cell]] = []
    # Empty rows count too, so that a file of nothing else comes to an end.
    for number, row in enumerate(sheet.iter_rows(max_col=most_columns), 1):
        if number > most_rows:
            raise TooManyRows
        found.append([*map(_read, row), *[Cell(None)] * (most_columns - len(row))])
    while found and not any(cell.text.strip() for cell in found[-1]):
        found.pop()
    return found


def _read(cell: Any) -> Cell:
    return Cell(cell.value, {"f": "formula", "e": "error"}.get(cell.data_type, ""))


def _written(sheet: Any, value: Value, *, bold: bool = False) -> Any:
    if isinstance(value, str):
        value = clean(value)[:_LONGEST_CELL]
        value = f"'{value}" if _FORMULA.match(value) else value
    cell = WriteOnlyCell(sheet, value)
    cell.alignment, cell.font = _WRAPPED, _BOLD if bold else _PLAIN
    return cell
