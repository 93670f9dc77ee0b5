"""Signing in, in one step or two, and out; and the first page after it."""

from __future__ import annotations

import re
from urllib.parse import quote

from aiohttp import hdrs, web

from bot.accounts.door import Door, Opened
from bot.accounts.errors import NothingPending, Refused, TooManyAttempts
from bot.accounts.words import Words
from bot.console.address import VisitOf
from bot.console.cookies import Cookies
from bot.console.form import form_of
from bot.console.page import in_console
from bot.console.rendering import Pages
from bot.console.request import PASS

HOME = "/admin/"
SIGN_IN, SECOND_STEP = "/admin/login", "/admin/login/code"
_LOCAL = re.compile(r"/[A-Za-z0-9/_.~%?=&+-]*")


class DoorViews:
    """Everybody sees these; none of them says whether an account exists."""

    def __init__(self, door: Door, pages: Pages, cookies: Cookies, visit: VisitOf, words: Words) -> None:
        self._door = door
        self._pages = pages
        self._cookies = cookies
        self._visit = visit
        self._words = words

    async def home(self, request: web.Request) -> web.Response:
        """What the person may do, and where."""
        return self._pages.render(request, "accounts/home.html")

    async def to_home(self, request: web.Request) -> web.Response:
        """The address without its last stroke."""
        return self._pages.moved(HOME)

    async def show_sign_in(self, request: web.Request) -> web.Response:
        """Ask for user name and password."""
        back = _local(request.query.get("next", ""))
        if request[PASS].who is not None:
            return self._pages.moved(back)
        return self._pages.render(request, "accounts/login.html", name="", next=back)

    async def sign_in(self, request: web.Request) -> web.Response:
        """The first step."""
        form = await form_of(request)
        name, back = form.text("name"), _local(form.text("next"))
        before = self._cookies.session(request)
        try:
            opened = await self._door.enter(name, form.secret("password"), self._visit(request), before)
        except Refused as refused:
            errors = self._words.problems(refused)
            return self._pages.render(request, "accounts/login.html", status=422, name=name, next=back, errors=errors)
        except TooManyAttempts as many:
            return self._told_to_wait(request, many, "accounts/login.html", name=name, next=back)
        return self._let_in(opened, back)

    async def show_code(self, request: web.Request) -> web.Response:
        """Ask for the code."""
        if not await self._door.awaits_code(self._cookies.session(request) or ""):
            return self._pages.moved(SIGN_IN)
        return self._pages.render(request, "accounts/code.html", next=_local(request.query.get("next", "")))

    async def enter_code(self, request: web.Request) -> web.Response:
        """The second step."""
        form = await form_of(request)
        token, back = self._cookies.session(request) or "", _local(form.text("next"))
        try:
            opened = await self._door.enter_code(token, form.text("code"), self._visit(request))
        except NothingPending:
            return self._pages.moved(SIGN_IN, self._words.notices["begin_again"])
        except Refused as refused:
            errors = self._words.problems(refused)
            return self._pages.render(request, "accounts/code.html", status=422, next=back, errors=errors)
        except TooManyAttempts as many:
            return self._told_to_wait(request, many, "accounts/code.html", next=back)
        return self._let_in(opened, back)

    async def sign_out(self, request: web.Request) -> web.Response:
        """End the session."""
        await self._door.leave(self._cookies.session(request) or "")
        response = self._pages.moved(SIGN_IN, self._words.notices["signed_out"])
        self._cookies.drop_session(response)
        return response

    def _let_in(self, opened: Opened, back: str) -> web.Response:
        response = self._pages.moved(back if opened.complete else f"{SECOND_STEP}?next={quote(back)}")
        self._cookies.keep_session(response, opened.token)
        return response

    def _told_to_wait(
        self, request: web.Request, many: TooManyAttempts, template: str, **values: object
    ) -> web.Response:
        wait = self._door.until(many.free_at)
        errors = {"wait": self._words.too_many(wait)}
        response = self._pages.render(request, template, status=429, errors=errors, **values)
        response.headers[hdrs.RETRY_AFTER] = str(max(1, round(wait.total_seconds())))
        return response


def _local(path: str) -> str:
    """A page of the consoles to go on to: never another site, nor the way in or out."""
    mine = _LOCAL.fullmatch(path) and in_console(path.partition("?")[0])
    return path if mine and not path.startswith((SIGN_IN, "/admin/logout")) else HOME
