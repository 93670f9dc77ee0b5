"""GET /metrics in Prometheus' text form, for this machine or for who has the token; and the times of requests."""

from __future__ import annotations

import hmac
import time
from collections.abc import Awaitable, Callable, Iterator, Mapping
from ipaddress import ip_address

import structlog
from aiohttp import hdrs, web
from aiohttp.typedefs import Handler, Middleware
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.multiprocess import MultiProcessCollector
from prometheus_client.registry import Collector

from bot.metrics.instruments import Instruments

Depths = Callable[[], Awaitable[Mapping[str, int]]]
STAGES = {"/wechat": "webhook", "/api/chat": "chat"}

# Who asks through a proxy comes from outside, though the proxy is on this machine.
_FORWARDED = (hdrs.FORWARDED, hdrs.X_FORWARDED_FOR, "X-Real-IP")

log = structlog.get_logger()


class MetricsViews:
    """`depths` are read from the database whenever somebody asks; `shared` is the folder that workers write to."""

    def __init__(self, instruments: Instruments, depths: Depths, token: str, shared: str) -> None:
        self._instruments = instruments
        self._depths = depths
        self._token = token
        self._shared = shared

    async def metrics(self, request: web.Request) -> web.Response:
        """All instruments, of all workers; for anybody else the page does not exist."""
        if not self._may_see(request):
            raise web.HTTPNotFound
        text = generate_latest(self._registry()) + generate_latest(await self._state())
        return web.Response(body=text, headers={hdrs.CONTENT_TYPE: CONTENT_TYPE_LATEST})

    def middleware(self) -> Middleware:
        """Times the requests that bring messages."""

        @web.middleware
        async def timed(request: web.Request, handler: Handler) -> web.StreamResponse:
            stage = STAGES.get(request.path) if request.method == hdrs.METH_POST else None
            if stage is None:
                return await handler(request)
            began = time.perf_counter()
            try:
                return await handler(request)
            finally:
                self._instruments.took(stage, time.perf_counter() - began)

        return timed

    def _may_see(self, request: web.Request) -> bool:
        if self._token:
            given = request.headers.get(hdrs.AUTHORIZATION, "")
            return hmac.compare_digest(given.encode(), f"Bearer {self._token}".encode())
        forwarded = any(name in request.headers for name in _FORWARDED)
        return not forwarded and request.remote is not None and ip_address(request.remote).is_loopback

    def _registry(self) -> CollectorRegistry:
        if not self._shared:
            return self._instruments.registry
        registry = CollectorRegistry()
        MultiProcessCollector(registry, self._shared)  # type: ignore[no-untyped-call]
        return registry

    async def _state(self) -> CollectorRegistry:
        registry = CollectorRegistry()
        try:
            registry.register(_Depths(await self._depths()))
        except Exception as error:
            log.error("depths_not_read", error=type(error).__name__)  # noqa: TRY400 - A lost database needs no trace.
        return registry


class _Depths(Collector):
    def __init__(self, depths: Mapping[str, int]) -> None:
        self._depths = depths

    def collect(self) -> Iterator[Metric]:
        family = GaugeMetricFamily("gongyou_waiting", "Messages that wait, by what for.", labels=["place"])
        for place, count in self._depths.items():
            family.add_metric([place], count)
        yield family


def routes(views: MetricsViews) -> list[web.RouteDef]:
    """What the application adds to its router for Prometheus."""
    return [web.get("/metrics", views.metrics)]
