"""Canned replies as an Excel sheet: cells are text, never formulas, in both directions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from zipfile import ZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Alignment, Font

MOST_BYTES = 2 * 1024 * 1024
"""Of an uploaded file."""
MOST_ROWS = 2000
_MOST_UNPACKED = 40 * 1024 * 1024
_WIDTHS = (8, 16, 14, 30, 80, 30)


class Unreadable(Exception):
    """A file is no Excel sheet."""


class TooLarge(Exception):
    """A sheet has more than is taken at once."""


def written(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel file with one sheet."""
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = title
    for number, row in enumerate((header, *rows), 1):
        for place, text in enumerate(row, 1):
            cell = sheet.cell(number, place)
            cell.value = text
            # A text that begins with = would be a formula; quoted it stays a text when somebody edits it, too.
            cell.data_type = "s"
            cell.quotePrefix = text[:1] in set("=+-@\t\r")
            cell.alignment = Alignment(wrap_text=True, vertical="top")
            cell.font = Font(bold=number == 1)
    for place, width in enumerate(_WIDTHS[: len(header)]):
        sheet.column_dimensions["ABCDEF"[place]].width = width
    sheet.freeze_panes = "A2"
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def read(data: bytes, columns: int) -> list[tuple[str, ...]]:
    """The rows of the first sheet as texts, a formula as what it is written with; raises Unreadable, TooLarge."""
    if len(data) > MOST_BYTES:
        raise TooLarge
    try:
        with ZipFile(BytesIO(data)) as packed:
            unpacked = sum(one.file_size for one in packed.infolist())
        found = _rows(data, columns) if unpacked <= _MOST_UNPACKED else None
    except Exception as error:
        # What is no sheet fails in as many ways as there are files.
        raise Unreadable from error
    if found is None or len(found) > MOST_ROWS + 1:
        raise TooLarge
    return found


def _rows(data: bytes, columns: int) -> list[tuple[str, ...]]:
    book = load_workbook(BytesIO(data), read_only=True)
    try:
        sheet = book.worksheets[0]
        # The size that a file states may be wrong.
        sheet.reset_dimensions()
        rows = sheet.iter_rows(max_col=columns, max_row=MOST_ROWS + 2, values_only=True)
        found = [tuple(_text(value) for value in (*row, *[None] * (columns - len(row)))) for row in rows]
    finally:
        book.close()
    while found and not any(found[-1]):
        found.pop()
    return found


def _text(value: object) -> str:
    """3.0 is what Excel makes of a typed 3."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return "" if value is None else str(value).strip()
