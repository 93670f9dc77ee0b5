"""The page of import and export: files go out, and what comes in is shown before anything is made of it."""

from __future__ import annotations

from urllib.parse import quote

from aiohttp import hdrs, web

from bot.accounts.audit import actor
from bot.accounts.model import Right
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content import words as content_words
from bot.content.described_parts import compared_parts, title_of
from bot.content.errors import Refused
from bot.content.room import ContentRoom
from bot.exchange.model import Plan, Unreadable
from bot.exchange.service import Exchange
from bot.exchange.words import Words

PATH = "/admin/content/exchange"
TYPES = {
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "zip": "application/zip",
}
SHOWN = 200
"""So many changes and troubles stand on the page; the others are counted."""


class ExchangeViews:
    """Everybody who works on the content takes it out; editors bring it in."""

    def __init__(self, room: ContentRoom, exchange: Exchange, pages: Pages, words: Words) -> None:
        self._room = room
        self._exchange = exchange
        self._pages = pages
        self._words = words
        self._told = content_words.load()

    async def show(self, request: web.Request) -> web.Response:
        """Where files go out and come in."""
        return self._page(request)

    async def export(self, request: web.Request) -> web.Response:
        """All published content."""
        kind = request.match_info["kind"]
        data = await self._exchange.exported(kind)
        name = f"{self._words.notices['file']}-{self._room.today.isoformat()}.{kind}"
        disposition = f"attachment; filename=\"content.{kind}\"; filename*=UTF-8''{quote(name)}"
        return web.Response(body=data, content_type=TYPES[kind], headers={hdrs.CONTENT_DISPOSITION: disposition})

    async def look(self, request: web.Request) -> web.Response:
        """What a file would change, and what stands against it."""
        name, data = (await form_of(request)).file("file")
        try:
            plan = await self._exchange.look(actor(who_of(request).user), name, data)
        except Unreadable as unreadable:
            return self._page(request, {"file": self._words.unreadable[str(unreadable)]}, status=422)
        return self._page(request, plan=plan, status=422 if plan.troubles else 200)

    async def take(self, request: web.Request) -> web.Response:
        """Make drafts of a file that was looked at."""
        form = await form_of(request)
        number = form.text("number")
        key = int(number) if number.isascii() and number.isdecimal() and len(number) < 18 else 0
        try:
            count = await self._exchange.take(actor(who_of(request).user), key, form.text("note")[:500])
        except Refused as refused:
            return self._page(request, {"file": self._told.refusals[refused.refusal.value]}, status=409)
        if count is None:
            return self._page(request, {"file": self._words.notices["gone"]}, status=409)
        return self._pages.moved("/admin/content?state=draft", self._words.notices["taken"].format(count=count))

    def _page(
        self, request: web.Request, errors: dict[str, str] | None = None, plan: Plan | None = None, status: int = 200
    ) -> web.Response:
        knowledge = self._room.knowledge()
        changes = []
        for change in (plan.changes if plan is not None else ())[:SHOWN]:
            rows = compared_parts(change.part, change.before, change.value, knowledge, self._told)
            title = title_of(change.part, change.value, knowledge, self._told)
            changes.append((title, change.part, change.new, [row for row in rows if row.changed]))
        return self._pages.render(
            request,
            "exchange/exchange.html",
            status=status,
            errors=errors,
            told=self._told,
            plan=plan,
            changes=changes,
            shown=SHOWN,
            may_draft=Right.DRAFT in who_of(request).user.rights,
        )
