"""Gives each request a short random name, which stands in every log line of its work."""

from __future__ import annotations

import secrets
from collections.abc import Awaitable, Callable

import structlog
from aiohttp import web

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
REQUEST = "request"


def new() -> str:
    """A name that is told apart from all others of some days."""
    return secrets.token_hex(4)


@web.middleware
async def named(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Bind the name for the handler and for what it begins; a connection's next request gets another."""
    with structlog.contextvars.bound_contextvars(**{REQUEST: new()}):
        return await handler(request)


def resumed() -> None:
    """Bind a name in a task whose work no request of this process began."""
    if REQUEST not in structlog.contextvars.get_contextvars():
        structlog.contextvars.bind_contextvars(**{REQUEST: new()})
