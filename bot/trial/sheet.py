"""Batches as people bring and take them: pasted lines, and Excel."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils.exceptions import InvalidFileException

from bot.trial.model import MOST_ROWS, Row
from policies_kb.model import KnowledgeBase

LARGEST = 2 * 1024 * 1024
"""Bytes of a file or a pasted list."""
_LARGEST_UNPACKED = 64 * 1024 * 1024
_LONGEST = 1000
"""Characters of a cell; WeChat's own questions are never longer."""
_ILLEGAL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_FORMULA = ("=", "+", "-", "@", "\t", "\r")

Cells = tuple[str, str, str]


class SheetInvalid(Exception):
    """A batch cannot be read: the name of the words for it, and the line where it is one's fault."""

    def __init__(self, name: str, line: int = 0, value: str = "") -> None:
        super().__init__(name)
        self.name = name
        self.line = line
        self.value = value


@dataclass(frozen=True, slots=True)
class Headings:
    """Words of the first row by which it is no question, and what is written where no topic is right."""

    question: tuple[str, ...]
    refusal: tuple[str, ...]


def pasted(text: str) -> list[Cells]:
    """A question a line; what is expected follows after tabs, as it comes out of a spreadsheet."""
    return _limited(_cells(line.split("\t")) for line in text.splitlines())


def opened(content: bytes) -> list[Cells]:
    """The first sheet of an Excel file. What looks like a formula is the text that it is."""
    if len(content) > LARGEST:
        raise SheetInvalid("too_large")
    try:
        _check_size(content)
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=False, keep_links=False)
        rows = book.worksheets[0].iter_rows(max_col=3, values_only=True)
        return _limited(_cells(["" if value is None else str(value) for value in row]) for row in rows)
    except SheetInvalid:
        raise
    except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, IndexError, OSError, SyntaxError) as error:
        raise SheetInvalid("no_excel") from error


def rows_of(cells: Sequence[Cells], headings: Headings, knowledge: KnowledgeBase) -> list[Row]:
    """The questions with what is expected of them; raises SheetInvalid for a topic that there is none of."""
    named = {name.casefold(): topic.id for topic in knowledge.topics.values() for name in (topic.id, topic.title)}
    found = []
    for number, (question, expected, text) in enumerate(cells, 1):
        if not question or (number == 1 and question.casefold() in headings.question):
            continue
        refusal = expected in headings.refusal
        wanted = [] if refusal else [one.strip() for one in re.split(r"[|｜\n]", expected) if one.strip()]
        for one in wanted:
            if one.casefold() not in named:
                raise SheetInvalid("no_topic", number, one)
        found.append(Row(question, expected, tuple(named[one.casefold()] for one in wanted), refusal, text))
    if not found:
        raise SheetInvalid("no_question")
    return found


def workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[str | float | None]]) -> bytes:
    """An Excel file in which no cell is a formula, whatever a worker or an editor has written."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title)
    sheet.freeze_panes = "A2"
    for letter, width in zip("ABCDEFGHIJ", (40, 24, 24, 12, 24, 12, 60, 12, 12, 12), strict=False):
        sheet.column_dimensions[letter].width = width
    bold = []
    for heading in headings:
        cell = WriteOnlyCell(sheet, heading)
        cell.font = Font(bold=True)
        bold.append(cell)
    sheet.append(bold)
    for row in rows:
        sheet.append([_harmless(value) for value in row])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _check_size(content: bytes) -> None:
    """A small file may unpack to a very large one."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        if sum(one.file_size for one in packed.infolist()) > _LARGEST_UNPACKED:
            raise SheetInvalid("too_large")


def _harmless(value: str | float | None) -> str | float | None:
    if not isinstance(value, str):
        return value
    text = _ILLEGAL.sub("", value)[:32000]
    return f"'{text}" if text.startswith(_FORMULA) else text


def _cells(values: Sequence[str]) -> Cells:
    cleaned = [_ILLEGAL.sub("", value).strip()[:_LONGEST] for value in (*values, "", "", "")]
    return cleaned[0], cleaned[1], cleaned[2]


def _limited(cells: Iterator[Cells]) -> list[Cells]:
    found: list[Cells] = []
    for one in cells:
        found.append(one)
        # Empty lines count too, so that a file of nothing else comes to an end.
        if len(found) > MOST_ROWS + 1:
            raise SheetInvalid("too_many")
    return found
