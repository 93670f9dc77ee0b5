"""The report as a workbook: a sheet for each thing that groups have in common."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.insight.model import Report
from bot.insight.words import Words
from bot.sheets import Sheet, Value
from policies_kb.model import KnowledgeBase

_WIDTHS = (48, 16, 16)

Figure = tuple[str, float | None]


def sheets(report: Report, figures: Sequence[Figure], words: Words, knowledge: KnowledgeBase) -> Iterator[Sheet]:
    """All of it."""
    shown: list[Sequence[Value]] = [(words.figures[name], value) for name, value in figures]
    yield Sheet(words.summary, (words.headings["name"], words.periods[report.days]), shown, _WIDTHS[:2])
    headings = [words.headings[name] for name in ("name", "messages", "workers")]
    for part, told in words.parts.items():
        groups = report.parts.get(part, ())
        rows = [(words.named(part, one.name, knowledge), one.messages, one.workers) for one in groups]
        yield Sheet(told.title, headings, rows, _WIDTHS)


def examples(title: str, texts: Sequence[str], words: Words) -> Sheet:
    """What workers of a group wrote."""
    return Sheet(title[:31], (words.headings["example"],), [(text,) for text in texts], (80,))
