"""The addresses of this room."""

from __future__ import annotations

from aiohttp import web

from bot.wechat.views import WeChatViews


def routes(views: WeChatViews) -> list[web.RouteDef]:
    """What the application adds to its router to receive WeChat's messages."""
    return [web.get("/wechat", views.echo), web.post("/wechat", views.receive)]
