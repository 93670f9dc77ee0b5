"""Hours out as an Excel sheet and in from a file or a published year; shown first, then kept whole or not at all."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec
from aiohttp import hdrs, web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.hours import published
from bot.hours.entered import seen_of
from bot.hours.errors import Problem, Refusal, Refused, TeamNotFound
from bot.hours.model import Kept
from bot.hours.planning import Plan, planned
from bot.hours.port import EVERYBODY
from bot.hours.room import HoursRoom
from bot.hours.sheets import Row, exported, header, read, special_rows
from bot.hours.views.keep import address
from bot.hours.words import Words

_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExchangeViews:
    """The rows that were shown come back with the version that they were shown for."""

    def __init__(self, room: HoursRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def export(self, request: web.Request) -> web.Response:
        """A team's own hours as an Excel file."""
        kept, words = await self._kept(request.query.get("team", EVERYBODY)), self._words
        data = await asyncio.to_thread(exported, words.sheet, kept.hours, words.names)
        headers = {hdrs.CONTENT_DISPOSITION: 'attachment; filename="hours.xlsx"'}
        return web.Response(body=data, content_type=_EXCEL, headers=headers)

    async def show(self, request: web.Request) -> web.Response:
        """The form for a file."""
        return self._page(request, await self._kept(request.query.get("team", EVERYBODY)), None, ())

    async def take(self, request: web.Request) -> web.Response:
        """Show what a file or a published year would do; or keep what was shown."""
        form = await form_of(request)
        kept = await self._kept(form.text("team"))
        try:
            rows = await self._rows(form)
            plan = planned(rows, kept.hours, self._words.names)
            if plan.problems or form.text("act") != "import":
                return self._page(request, kept, plan, rows)
            if plan.changes:
                by = actor(who_of(request).user)
                await self._room.keeping.keep(by, kept.team, seen_of(form), plan.hours, "import")
        except (ValueError, msgspec.DecodeError):
            raise web.HTTPBadRequest from None
        except Refused as refused:
            return self._page(request, kept, Plan(kept.hours, (), refused.problems), ())
        told = self._words.notices["imported" if plan.changes else "nothing"].format(count=len(plan.changes))
        return self._pages.moved(address(kept.team), told)

    async def _rows(self, form: Form) -> Sequence[Row]:
        """Of the file or the year, or those that were shown and come back to be kept."""
        if form.text("act") == "import":
            return msgspec.json.decode(form.secret("rows"), type=list[Row])
        if year := form.text("year"):
            days = published.of_year(int(year))
            if not days:
                raise Refused(Problem("year", Refusal.NOT_PUBLISHED, {"year": int(year)}))
            return [tuple(header(self._words.names)), *special_rows(days, self._words.names)]
        return await asyncio.to_thread(read, *form.file("file"))

    async def _kept(self, team: str) -> Kept:
        try:
            return await self._room.keeping.of(team)
        except TeamNotFound:
            raise web.HTTPNotFound from None

    def _page(self, request: web.Request, kept: Kept, plan: Plan | None, rows: Sequence[Row]) -> web.Response:
        problems, words = plan.problems if plan else (), self._words
        return self._pages.render(
            request,
            "hours/import.html",
            status=422 if problems else 200,
            told=words,
            kept=kept,
            back=address(kept.team),
            plan=plan,
            problems=[(one.row, words.fields[one.field], words.problem(one)) for one in problems],
            rows=msgspec.json.encode(rows).decode() if plan and not problems else "",
        )
