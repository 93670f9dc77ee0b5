"""The chat in a frame on pages of other websites, and the script that puts it there."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from aiohttp import web

from bot.web.page import NO_SNIFF, Pages, policy
from bot.web.ports import Conversation
from bot.web.views import CONTENT_TYPES, STATIC

Frames = Callable[[str], Sequence[str] | None]
"""The origins whose pages may frame the chat of a client, by its public name; None where there is no such client."""

# The script and the frame are for pages of other origins; everything else refuses to be loaded by them.
_ELSEWHERE = {"Cross-Origin-Resource-Policy": "cross-origin"}


class WidgetViews:
    """The frame is the chat page; it sets no cookie and keeps its session in its own storage."""

    def __init__(self, conversation: Conversation, frames: Frames) -> None:
        self._conversation = conversation
        self._frames = frames
        self._pages = Pages()

    async def script(self, _request: web.Request) -> web.FileResponse:
        """What websites put into their pages."""
        headers = {**NO_SNIFF, **_ELSEWHERE, "Cache-Control": "no-cache", "Content-Type": CONTENT_TYPES[".js"]}
        return web.FileResponse(STATIC / "widget.js", headers=headers)

    async def frame(self, request: web.Request) -> web.Response:
        """The chat, only for pages of the client's origins."""
        origins = self._frames(request.query.get("client", ""))
        if not origins:
            raise web.HTTPNotFound
        welcome, notice = (self._conversation.canned(name).messages for name in ("welcome", "privacy_notice"))
        response = self._pages.response("chat.html", welcome=welcome, notice=notice, framed=True)
        response.headers.update({**_ELSEWHERE, "Content-Security-Policy": policy(" ".join(origins))})
        return response


def routes(views: WidgetViews) -> list[web.RouteDef]:
    """What the application adds to its router for other websites."""
    return [web.get("/widget.js", views.script), web.get("/widget", views.frame)]
