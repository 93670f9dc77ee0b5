"""Batches as people bring and take them: pasted lines, and Excel."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot import sheets
from bot.sheets import Sheet, TooLarge, TooManyRows, Unreadable, Value
from bot.trial.model import MOST_ROWS, Row
from policies_kb.model import KnowledgeBase

LARGEST = 2 * 1024 * 1024
"""Bytes of a file or a pasted list."""
_LONGEST = 1000
"""Characters of a cell; WeChat's own questions are never longer."""
_COLUMNS = 3
_WIDTHS = (40, 24, 24, 12, 24, 12, 60, 12, 12, 12)

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
    lines = text.splitlines()
    if len(lines) > MOST_ROWS + 1:
        raise SheetInvalid("too_many")
    return _cells(line.split("\t") for line in lines)


def opened(content: bytes) -> list[Cells]:
    """The first sheet of an Excel file. What looks like a formula is the text that it is."""
    if len(content) > LARGEST:
        raise SheetInvalid("too_large")
    try:
        (_, rows), *_ = sheets.read(content, LARGEST, MOST_ROWS + 1, _COLUMNS)
    except TooManyRows:
        raise SheetInvalid("too_many") from None
    except TooLarge:
        raise SheetInvalid("too_large") from None
    except Unreadable:
        raise SheetInvalid("no_excel") from None
    return _cells([cell.text for cell in row] for row in rows)


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


def workbook(title: str, headings: Sequence[str], rows: Sequence[Sequence[Value]]) -> bytes:
    """A batch that was asked as an Excel file."""
    return sheets.written([Sheet(title, headings, rows, _WIDTHS)])


def _cells(rows: Iterable[Sequence[str]]) -> list[Cells]:
    found = []
    for row in rows:
        question, expected, text, *_ = (sheets.clean(value).strip()[:_LONGEST] for value in (*row, "", "", ""))
        found.append((question, expected, text))
    return found
