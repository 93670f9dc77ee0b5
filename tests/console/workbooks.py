"""Workbooks as an editor changes them."""

from __future__ import annotations

import io
from typing import Any

from openpyxl import load_workbook


class Book:
    """A workbook that was exported; rows are found by what their first cells say."""

    def __init__(self, data: bytes) -> None:
        self.book: Any = load_workbook(io.BytesIO(data))

    def cell(self, sheet: str, column: str, *starts: str) -> Any:
        """The cell of a column in the first row that begins so."""
        found = self.book[sheet]
        place = [cell.value for cell in found[1]].index(column)
        return next(row[place] for row in found.rows if [cell.value for cell in row[: len(starts)]] == list(starts))

    def add(self, sheet: str, *values: str) -> None:
        """Another row."""
        self.book[sheet].append(list(values))

    def copy(self, sheet: str, first: str) -> None:
        """A row a second time."""
        found = self.book[sheet]
        found.append([cell.value for cell in next(row for row in found.rows if row[0].value == first)])

    def texts(self, sheet: str) -> list[list[str]]:
        """All rows below the heading."""
        return [[cell.value or "" for cell in row] for row in list(self.book[sheet].rows)[1:]]

    def data(self) -> bytes:
        """The file."""
        buffer = io.BytesIO()
        self.book.save(buffer)
        return buffer.getvalue()
