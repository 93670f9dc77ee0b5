"""Canned replies as an Excel sheet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from bot import sheets
from bot.sheets import Sheet

MOST_BYTES = 2 * 1024 * 1024
"""Of an uploaded file."""
MOST_ROWS = 2000
_WIDTHS = (8, 16, 14, 30, 80, 30)


def written(title: str, header: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """An Excel file with one sheet."""
    return sheets.written([Sheet(title, header, rows, _WIDTHS[: len(header)])])


def read(data: bytes, columns: int) -> list[tuple[str, ...]]:
    """The rows of the first sheet as texts, a formula as what it is written with; raises what bot.sheets does."""
    (_, rows), *_ = sheets.read(data, MOST_BYTES, MOST_ROWS + 1, columns)
    return [tuple(cell.text.strip() for cell in row) for row in rows]
