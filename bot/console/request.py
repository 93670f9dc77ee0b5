"""What the guard knows of a request and hands on to its handler."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.accounts.model import Who


@dataclass(frozen=True, slots=True)
class Pass:
    """Who makes the request, if anybody is signed in, and what its forms' tokens are bound to."""

    who: Who | None
    secret: str


PASS = web.RequestKey("PASS", Pass)


def who_of(request: web.Request) -> Who:
    """Who makes the request; only for routes that are not public."""
    who = request[PASS].who
    if who is None:
        raise web.HTTPForbidden
    return who
