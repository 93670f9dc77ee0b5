"""Stands before every page of the consoles: who comes, whether they may, and whether their form is their own."""

from __future__ import annotations

from typing import Protocol
from urllib.parse import quote

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Middleware

from bot.accounts.model import Who
from bot.accounts.tokens import new_token
from bot.accounts.words import Words
from bot.console import csrf
from bot.console.cookies import Cookies
from bot.console.page import Handler, access_of, in_console
from bot.console.rendering import Pages
from bot.console.request import PASS, Pass

SIGN_IN = "/admin/login"
_OWN = ("/admin/account", "/admin/logout")
"""What a person with a temporary password may do: change it, or leave."""

_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
log = structlog.get_logger()


class Doorkeeper(Protocol):
    """Knows whose session a token is."""

    async def who(self, token: str) -> Who | None:
        """Who makes a request with this token, if the session still holds."""


class FormStale(web.HTTPForbidden):
    """A form does not carry the token of its session: it is another site's, or from before signing in anew."""


class Guard:
    """One middleware for all consoles; everything else passes by it untouched."""

    def __init__(self, door: Doorkeeper, cookies: Cookies, pages: Pages, words: Words) -> None:
        self._door = door
        self._cookies = cookies
        self._pages = pages
        self._words = words

    def middleware(self) -> Middleware:
        """What the application puts before its handlers."""

        @web.middleware
        async def guard(request: web.Request, handler: Handler) -> web.StreamResponse:
            mine = in_console(request.path) or access_of(request.match_info.handler) is not None
            return await (self._guarded(request, handler) if mine else handler(request))

        return guard

    async def _guarded(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        token, visit = self._cookies.session(request), self._cookies.visit(request)
        who = await self._door.who(token) if token else None
        secret = token if token and who else visit or new_token()
        request[PASS] = Pass(who, secret)
        access = access_of(request.match_info.handler)
        if access is not None and access.most is not None:
            request = request.clone(client_max_size=access.most)
        response = await self._answered(request, handler, who)
        if who is None and visit is None and not response.prepared:
            self._cookies.keep_visit(response, secret)
        return response

    async def _answered(self, request: web.Request, handler: Handler, who: Who | None) -> web.StreamResponse:
        try:
            return self._stopped(request, who) or await self._checked(request, handler)
        except web.HTTPException as error:
            if error.status < web.HTTPBadRequest.status_code:
                raise
            response = self._pages.failed(request, error.status, stale=isinstance(error, FormStale))
            if hdrs.ALLOW in error.headers:
                response.headers[hdrs.ALLOW] = error.headers[hdrs.ALLOW]
            return response
        except Exception:
            log.exception("console_failed", method=request.method, route=_route(request))
            return self._pages.failed(request, 500)

    def _stopped(self, request: web.Request, who: Who | None) -> web.Response | None:
        """Where the browser has to go instead; raises web.HTTPForbidden for what the person may not see."""
        access = access_of(request.match_info.handler)
        if access is None or access.roles is None:
            return None
        if who is None:
            return self._sent_to_sign_in(request)
        if not who.user.roles & access.roles:
            raise web.HTTPForbidden
        if who.user.temporary and not request.path.startswith(_OWN):
            return self._pages.moved("/admin/account", self._words.notices["password_temporary"])
        return None

    def _sent_to_sign_in(self, request: web.Request) -> web.Response:
        if "text/html" not in request.headers.get(hdrs.ACCEPT, "text/html"):
            raise web.HTTPUnauthorized
        over = self._words.notices["session_over"] if self._cookies.session(request) else None
        # What was posted is lost, and its address may be no page.
        back = f"?next={quote(request.path_qs)}" if request.method in (hdrs.METH_GET, hdrs.METH_HEAD) else ""
        return self._pages.moved(SIGN_IN + back, over)

    async def _checked(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        access = access_of(request.match_info.handler)
        if access is not None and access.most is not None:
            request = request.clone(client_max_size=access.most)
        changes = request.method == hdrs.METH_POST and access is not None
        if changes and not await csrf.carried(request, request[PASS].secret):
            raise FormStale
        return await handler(request)


async def add_headers(request: web.Request, response: web.StreamResponse) -> None:
    """Put the security headers on whatever a console answers; a signal of the application."""
    if in_console(request.path):
        response.headers.update(_HEADERS)


def _route(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "unknown"
