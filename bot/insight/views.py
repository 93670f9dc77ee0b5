"""The pages on what workers need: the figures of a period, one group of them, and both as workbooks."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import date
from typing import NamedTuple

from aiohttp import web

from bot.console.rendering import Pages
from bot.content.catalogue import dues
from bot.insight import columns, sheet
from bot.insight.model import ANSWERED, ASKED_BACK, PERIODS, PERSON, UNANSWERED, Group, Report
from bot.insight.service import Insight
from bot.insight.sheet import Figure
from bot.insight.words import Words
from bot.sheets import Sheet, written

PATH = "/admin/insight"
TABLES = ("topic", "item", "fallback", "handover", "verdict", "wait", "kind")
_TOP = 10
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class _Named(NamedTuple):
    """A group with where it was found."""

    report: Report
    part: str
    group: Group
    title: str


class InsightViews:
    """For everybody who works on the content; `today` is the day it is in China."""

    def __init__(self, insight: Insight, pages: Pages, words: Words, today: Callable[[], date]) -> None:
        self._insight = insight
        self._pages = pages
        self._words = words
        self._today = today

    async def show(self, request: web.Request) -> web.Response:
        """The figures of a period, with the largest groups; ?all= shows all of a table."""
        days = _days(request)
        report = await self._insight.report(days)
        return self._pages.render(
            request,
            "insight/report.html",
            told=self._words,
            days=days,
            report=report,
            tables=TABLES,
            top=_TOP,
            all=request.query.get("all", ""),
            due=self._due(),
            hours=columns.hours(report) if report else (),
            by_day=columns.days(report) if report else (),
            knowledge=self._insight.knowledge(),
        )

    async def group(self, request: web.Request) -> web.Response:
        """What workers of a group wrote."""
        found = await self._found(request)
        texts = await self._insight.examples(found.group)
        return self._pages.render(request, "insight/group.html", told=self._words, found=found, texts=texts)

    async def export(self, request: web.Request) -> web.Response:
        """A period as a workbook."""
        report = await self._insight.report(days := _days(request))
        if report is None:
            raise web.HTTPNotFound
        knowledge = self._insight.knowledge()
        made = list(sheet.sheets(report, self._figures(report), self._words, knowledge))
        return await _workbook(made, f"gongyou-insight-{days}.xlsx")

    async def export_group(self, request: web.Request) -> web.Response:
        """What workers of a group wrote, as a workbook."""
        found = await self._found(request)
        texts = await self._insight.examples(found.group)
        made = sheet.examples(self._words.parts[found.part].title, texts, self._words)
        return await _workbook([made], f"gongyou-insight-{found.report.days}-{found.part}.xlsx")

    async def _found(self, request: web.Request) -> _Named:
        part, name = request.query.get("part", ""), request.query.get("name", "")
        report = await self._insight.report(_days(request))
        group = report.group(part, name) if report and name else None
        if report is None or group is None or part not in self._words.parts:
            raise web.HTTPNotFound
        return _Named(report, part, group, self._words.named(part, name, self._insight.knowledge()))

    def _due(self) -> int:
        today = self._today()
        return sum(bool(dues(topic, today)) for topic in self._insight.knowledge().topics.values())

    def _figures(self, report: Report) -> Sequence[Figure]:
        shares = [(kind, report.share(kind)) for kind in (ANSWERED, ASKED_BACK, UNANSWERED, PERSON)]
        figures: list[Figure] = [("messages", report.messages), ("workers", report.workers)]
        figures += [(kind, None if share is None else round(share, 2)) for kind, share in shares]
        helpful = None if report.helpful is None else round(report.helpful, 2)
        return [*figures, ("helpful", helpful), ("wait", report.wait), ("due", self._due())]


def _days(request: web.Request) -> int:
    given = request.query.get("days", str(PERIODS[0]))
    if given not in map(str, PERIODS):
        raise web.HTTPNotFound
    return int(given)


async def _workbook(sheets: Sequence[Sheet], name: str) -> web.Response:
    content = await asyncio.to_thread(written, sheets)
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return web.Response(body=content, content_type=_XLSX, headers=headers)
