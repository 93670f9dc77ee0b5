"""Routes of the consoles: each says whom it is for, and a service with one that does not say so does not start."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

from aiohttp import hdrs, web

from bot.accounts.model import Role

PREFIXES = ("/admin", "/desk")
"""Where the consoles are."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
_ACCESS = "gongyou_access"


class RouteUndeclared(Exception):
    """A console's route does not say whom it is for."""


@dataclass(frozen=True, slots=True)
class Access:
    """The roles that a route is for; None is for everybody, also without signing in.

    `most` is how many bytes a form may have, where that is more than the service takes elsewhere.
    """

    roles: frozenset[Role] | None
    most: int | None = None


def page(path: str, handler: Handler, *, roles: frozenset[Role]) -> web.RouteDef:
    """A page that shows something, for people with one of the roles. It must change nothing."""
    return web.get(path, _declared(handler, Access(roles)))


def action(path: str, handler: Handler, *, roles: frozenset[Role], most: int | None = None) -> web.RouteDef:
    """What a form is posted to, by people with one of the roles; the guard has checked its token."""
    return web.post(path, _declared(handler, Access(roles, most)))


def public_page(path: str, handler: Handler) -> web.RouteDef:
    """A page that is there before signing in."""
    return web.get(path, _declared(handler, Access(None)))


def public_action(path: str, handler: Handler) -> web.RouteDef:
    """What a form is posted to before signing in; the guard has checked its token."""
    return web.post(path, _declared(handler, Access(None)))


def in_console(path: str) -> bool:
    """Whether a path belongs to a console."""
    return any(path == prefix or path.startswith(f"{prefix}/") for prefix in PREFIXES)


def access_of(handler: object) -> Access | None:
    """Whom a handler is for, if it says so."""
    access = getattr(handler, _ACCESS, None)
    return access if isinstance(access, Access) else None


def check(routes: Iterable[web.AbstractRoute]) -> None:
    """Raise RouteUndeclared for a console's route that does not say whom it is for."""
    for route in routes:
        path = route.resource.canonical if route.resource is not None else ""
        if in_console(path) and access_of(route.handler) is None:
            raise RouteUndeclared(f"{route.method} {path}: declare it with bot.console.page, and with its roles")
        if route.method not in (hdrs.METH_GET, hdrs.METH_HEAD, hdrs.METH_POST) and in_console(path):
            raise RouteUndeclared(f"{route.method} {path}: the consoles know GET and POST only")


def _declared(handler: Handler, access: Access) -> Handler:
    if access.roles is not None and not access.roles:
        raise RouteUndeclared("a route without roles is for nobody: name them, or make it public")

    async def declared(request: web.Request) -> web.StreamResponse:
        return await handler(request)

    setattr(declared, _ACCESS, access)
    return declared
