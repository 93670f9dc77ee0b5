"""Stands before the JSON interface: whose key it is, whether they ask too often, and which websites may read the answer."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware

from bot.accounts.throttle import address_key
from bot.clients.limits import Limits
from bot.clients.live import LiveClients
from bot.clients.model import Client
from bot.console.address import VisitOf
from bot.web.caller import CALLER
from bot.web.problem import problem

PREFIX = "/api/"
_PREFLIGHT = {
    hdrs.ACCESS_CONTROL_ALLOW_METHODS: "GET, POST",
    hdrs.ACCESS_CONTROL_ALLOW_HEADERS: "Authorization, Content-Type",
    hdrs.ACCESS_CONTROL_MAX_AGE: "600",
}

log = structlog.get_logger()


class Unknown(Exception):
    """The request carries an authorization that is no key of a client."""


class Gate:
    """One middleware for the interface; what comes without a key is limited by its address, `per_minute`."""

    def __init__(self, clients: LiveClients, limits: Limits, visit: VisitOf, per_minute: int) -> None:
        self._clients = clients
        self._limits = limits
        self._visit = visit
        self._per_minute = per_minute

    def middleware(self) -> Middleware:
        """What the application puts before its handlers."""

        @web.middleware
        async def gate(request: web.Request, handler: Handler) -> web.StreamResponse:
            if not request.path.startswith(PREFIX):
                return await handler(request)
            response = await self._answered(request, handler)
            response.headers.update(self._shared(request))
            return response

        return gate

    async def _answered(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method == hdrs.METH_OPTIONS and hdrs.ACCESS_CONTROL_REQUEST_METHOD in request.headers:
            return web.Response(status=204, headers=_PREFLIGHT if self._shared(request) else {})
        try:
            client = self._client(request)
            if seconds := await self._wait(request, client):
                return problem(429, headers={hdrs.RETRY_AFTER: str(seconds)}, wait=seconds)
            if client is not None:
                request[CALLER] = client.public
            return await handler(request)
        except Unknown:
            return problem(401, headers={hdrs.WWW_AUTHENTICATE: "Bearer"})
        except web.HTTPException as error:
            if error.status < web.HTTPBadRequest.status_code:
                raise
            allowed = error.headers.get(hdrs.ALLOW)
            return problem(error.status, headers={hdrs.ALLOW: allowed} if allowed else None)
        except Exception:
            log.exception("api_failed", method=request.method)
            return problem(500)

    def _client(self, request: web.Request) -> Client | None:
        given = request.headers.get(hdrs.AUTHORIZATION)
        if given is None:
            return None
        scheme, _, key = given.partition(" ")
        client = self._clients.with_key(key.strip()) if scheme.lower() == "bearer" else None
        if client is None:
            raise Unknown
        return client

    async def _wait(self, request: web.Request, client: Client | None) -> int:
        if client is not None:
            return await self._limits.wait(f"client:{client.id}", client.draft.per_minute, client.draft.per_day)
        address = self._visit(request).address
        if _of_this_machine(address):
            return 0
        return await self._limits.wait(address_key(address), self._per_minute)

    def _shared(self, request: web.Request) -> Mapping[str, str]:
        """The headers by which a browser lets a page of another website read the answer."""
        origin = request.headers.get(hdrs.ORIGIN, "")
        if not self._clients.may_call(origin):
            return {}
        return {hdrs.ACCESS_CONTROL_ALLOW_ORIGIN: origin, hdrs.VARY: hdrs.ORIGIN}


def _of_this_machine(address: str) -> bool:
    """Whether it is this machine itself: a proxy that PROXIES does not name would make all people one address."""
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False
