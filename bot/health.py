"""Says to orchestrators whether this process lives and whether it can answer; no details to strangers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping

import structlog
from aiohttp import web

Ping = Callable[[], Awaitable[None]]
log = structlog.get_logger()


class HealthViews:
    """`parts` are what the service cannot do without, by name; without `extras` it answers all the same."""

    def __init__(self, parts: Mapping[str, Ping], extras: Mapping[str, Ping] | None = None) -> None:
        self._parts = parts
        self._extras = extras or {}

    async def healthz(self, request: web.Request) -> web.Response:
        """The process runs and its loop turns."""
        return web.json_response({"status": "ok"})

    async def readyz(self, request: web.Request) -> web.Response:
        """Each part and whether it is well; 503 when one is not that the service needs."""
        states = {name: await _state(name, ping) for name, ping in self._parts.items()}
        well = all(state == "ok" for state in states.values())
        states |= {name: await _state(name, ping) for name, ping in self._extras.items()}
        return web.json_response({"status": "ok" if well else "fail", "parts": states}, status=200 if well else 503)


async def _state(name: str, ping: Ping) -> str:
    try:
        await ping()
    except Exception:
        log.exception("part_not_well", part=name)
        return "fail"
    return "ok"


def routes(views: HealthViews) -> list[web.RouteDef]:
    """What the application adds to its router for orchestrators."""
    return [web.get("/healthz", views.healthz), web.get("/readyz", views.readyz)]
