"""Replies out into an Excel sheet and back in; nothing is kept before it was shown, and then all or nothing."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec
from aiohttp import hdrs, web

from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.replies import sheet
from bot.replies.errors import Problem, Refusal, Refused
from bot.replies.exchanging import Plan, Row, exported, planned
from bot.replies.keeping import may_share
from bot.replies.room import RepliesRoom
from bot.replies.words import Words
from bot.sheets import TooLarge, Unreadable

MOST_BODY = 4 * 1024 * 1024
_LIST = "/desk/replies/own"
_EXCEL = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class ExchangeViews:
    """The team's replies come in only by those who may change them; one's own by everybody."""

    def __init__(self, room: RepliesRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def export(self, request: web.Request) -> web.Response:
        """The team's replies and one's own as an Excel file."""
        user, words = who_of(request).user, self._words
        replies = await self._room.keeping.listed(user)
        rows = list(exported(replies, user, self._room.knowledge(), words.names))
        data = await asyncio.to_thread(sheet.written, words.sheet, list(words.columns.values()), rows)
        headers = {hdrs.CONTENT_DISPOSITION: 'attachment; filename="replies.xlsx"'}
        return web.Response(body=data, content_type=_EXCEL, headers=headers)

    async def show(self, request: web.Request) -> web.Response:
        """The form for a file."""
        return self._page(request, None, [])

    async def take(self, request: web.Request) -> web.Response:
        """Show what a file would do; or keep what was shown."""
        form, user = await form_of(request), who_of(request).user
        try:
            rows = await self._rows(form)
        except Refused as refused:
            return self._page(request, Plan((), refused.problems), [])
        plan = await self._plan(request, rows)
        if plan.problems or form.text("act") != "import":
            return self._page(request, plan, rows)
        keeping = self._room.keeping
        news = [keeping.new(user, line.draft, "import", shared=line.shared) for line in plan.lines]
        try:
            await keeping.import_all(user, news)
        except Refused as refused:
            return self._page(request, Plan((), refused.problems), rows)
        return self._pages.moved(_LIST, self._words.notices["imported"].format(count=len(news)))

    async def _plan(self, request: web.Request, rows: Sequence[Row]) -> Plan:
        user, keeping = who_of(request).user, self._room.keeping
        replies = await keeping.listed(user)
        names, knowledge = self._words.names, self._room.knowledge()
        return await asyncio.to_thread(planned, rows, replies, user, knowledge, names, may_share=may_share(user))

    async def _rows(self, form: Form) -> list[Row]:
        """Of the file, or those that were shown and come back to be kept."""
        try:
            if form.text("act") == "import":
                return msgspec.json.decode(form.secret("rows"), type=list[Row])[: sheet.MOST_ROWS + 1]
            return await asyncio.to_thread(sheet.read, form.file("sheet")[1], len(self._words.columns))
        except TooLarge:
            values = {"rows": sheet.MOST_ROWS, "size": sheet.MOST_BYTES // 1024**2}
            raise Refused(Problem("sheet", Refusal.SHEET_LARGE, values)) from None
        except (Unreadable, msgspec.DecodeError):
            raise Refused(Problem("sheet", Refusal.SHEET_FORM)) from None

    def _page(self, request: web.Request, plan: Plan | None, rows: Sequence[Row]) -> web.Response:
        problems = plan.problems if plan else ()
        return self._pages.render(
            request,
            "replies/import.html",
            status=422 if problems else 200,
            told=self._words,
            plan=plan,
            problems=[(one.row, self._words.fields[one.field], self._words.problem(one)) for one in problems],
            rows=msgspec.json.encode(rows).decode() if plan and not problems else "",
            may_share=may_share(who_of(request).user),
        )
