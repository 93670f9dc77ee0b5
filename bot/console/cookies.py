"""The cookies of the consoles: the session, the visit before it, and a notice for the next page."""

from __future__ import annotations

from urllib.parse import quote, unquote

from aiohttp import web

_NOTICE_SECONDS = 60


class Cookies:
    """`secure` cookies travel over HTTPS only; a demonstration on this machine has none."""

    def __init__(self, *, secure: bool) -> None:
        self._secure = secure
        # With this prefix browsers refuse a cookie that another host of the same domain tries to set.
        prefix = "__Host-" if secure else ""
        self._session, self._visit, self._notice = (
            f"{prefix}gongyou-{name}" for name in ("session", "visit", "notice")
        )

    def session(self, request: web.Request) -> str | None:
        """The token of the browser's session."""
        return request.cookies.get(self._session)

    def visit(self, request: web.Request) -> str | None:
        """What marks a browser before anybody has signed in."""
        return request.cookies.get(self._visit)

    def notice(self, request: web.Request) -> str | None:
        """What the page before has left to be said."""
        left = request.cookies.get(self._notice)
        return None if left is None else unquote(left)

    def keep_session(self, response: web.StreamResponse, token: str) -> None:
        """Let the browser keep a session."""
        self._set(response, self._session, token)

    def keep_visit(self, response: web.StreamResponse, token: str) -> None:
        """Let the browser keep the mark of a visit."""
        self._set(response, self._visit, token)

    def keep_notice(self, response: web.StreamResponse, text: str) -> None:
        """Leave something to be said on the next page."""
        self._set(response, self._notice, quote(text), _NOTICE_SECONDS)

    def drop_session(self, response: web.StreamResponse) -> None:
        """Let the browser forget the session."""
        self._drop(response, self._session)

    def drop_notice(self, response: web.StreamResponse) -> None:
        """Let the browser forget what has been said."""
        self._drop(response, self._notice)

    def _set(self, response: web.StreamResponse, name: str, value: str, seconds: int | None = None) -> None:
        response.set_cookie(name, value, max_age=seconds, path="/", httponly=True, secure=self._secure, samesite="Lax")

    def _drop(self, response: web.StreamResponse, name: str) -> None:
        # A browser takes the deletion of a __Host- cookie only with the attributes that it was set with.
        response.del_cookie(name, path="/", httponly=True, secure=self._secure, samesite="Lax")
