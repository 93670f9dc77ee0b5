"""The web application: every room's routes, and what runs beside them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from bot import consoles, headers, health, request_id
from bot.clients.description import DescriptionViews
from bot.clients.gate import Gate
from bot.console.address import visit_through
from bot.eligibility.routes import routes as eligibility_routes
from bot.health import HealthViews
from bot.metrics.views import MetricsViews
from bot.metrics.views import routes as metrics_routes
from bot.services import Services
from bot.settings import Settings
from bot.web.views import WebViews
from bot.web.views import routes as web_routes
from bot.web.widget import WidgetViews
from bot.web.widget import routes as widget_routes
from bot.wechat.desk import Desk
from bot.wechat.routes import routes as wechat_routes
from bot.wechat.settings import WeChatSettings
from bot.wechat.views import MAX_BODY, WeChatViews

DRAIN_SECONDS = 8.0
"""What is under way at the end may take so long; with WeChat's own five seconds before, it is below a usual grace."""


def create_app(settings: Settings, parts: Services) -> web.Application:
    """The application with every room's routes; the caller owns `parts`."""
    wechat = WeChatSettings(settings.wechat_token, settings.wechat_app_id, settings.wechat_encoding_aes_key)
    desk = Desk(parts.conversation, parts.account, parts.typing, settings.wechat_reply_seconds, parts.pseudonyms)
    metrics = MetricsViews(parts.instruments, parts.depths.read, settings.metrics_token, settings.metrics_dir)
    gate = Gate(parts.clients, parts.limits, visit_through(settings.proxies), settings.api_per_minute)
    app = web.Application(
        client_max_size=MAX_BODY, middlewares=[request_id.named, metrics.middleware(), gate.middleware()]
    )
    app.on_response_prepare.append(headers.add_headers)
    app.add_routes(metrics_routes(metrics))
    app.add_routes(wechat_routes(WeChatViews(wechat, desk, parts.conversation.canned)))
    app.add_routes(web_routes(WebViews(parts.conversation)))
    app.add_routes([web.get("/api/openapi.json", DescriptionViews().openapi)])
    app.add_routes(widget_routes(WidgetViews(parts.conversation, parts.clients.frames)))
    app.add_routes(eligibility_routes(parts.eligibility))
    pings = {"assistant": parts.assistant.ping, "database": parts.database.ping}
    extras = {"clock": parts.clock.ping}
    if parts.sender is not None:
        extras["customer_service"] = parts.account.ping
    app.add_routes(health.routes(HealthViews(pings, extras)))
    app.cleanup_ctx.append(lambda _: _background(parts))
    # Streams to desks never end by themselves, and the server waits for what is still being answered.
    app.on_shutdown.append(parts.rooms.hotline.live.close)
    consoles.install(app, settings, parts.consoles, parts.rooms.all)
    return app


async def _background(parts: Services) -> AsyncIterator[None]:
    """Tend and send while requests are taken; at the end let what is under way end, the outbox last."""
    tending = asyncio.create_task(parts.conversation.run())
    desk = parts.rooms.hotline
    stored = (parts.knowledge, parts.switches, parts.clients, parts.rooms.hours.live)
    chores = (parts.retention, parts.rooms.insight, parts.rooms.mining)
    tending_others = (parts.hints, *stored, parts.clock, desk.timers, desk.live, *chores)
    looking = [asyncio.create_task(one.run()) for one in tending_others]
    if parts.following is not None:
        looking.append(asyncio.create_task(parts.following.run()))
    sending = asyncio.create_task(parts.sender.run()) if parts.sender is not None else None
    yield
    for task in looking:
        task.cancel()
    for room in parts.rooms.all:
        await room.close()
    await parts.conversation.drain(DRAIN_SECONDS)
    tending.cancel()
    if parts.sender is not None and sending is not None:
        parts.sender.close()
        await asyncio.wait({sending}, timeout=DRAIN_SECONDS)
        sending.cancel()
    await asyncio.gather(*filter(None, (tending, *looking, sending)), return_exceptions=True)
