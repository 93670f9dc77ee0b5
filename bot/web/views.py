"""The chat page, its static files, and the JSON interface behind it."""

from __future__ import annotations

from pathlib import Path

from aiohttp import web

from bot.assistant.port import Reply
from bot.web.body import JSON, Refused, read
from bot.web.caller import CALLER
from bot.web.page import NO_SNIFF, Pages
from bot.web.ports import Conversation
from bot.web.problem import problem
from bot.web.question import Question, parse

MAX_BODY = 16 * 1024
"""Bytes; the longest question that is answered has four thousand."""

STATIC = Path(__file__).parent / "static"

# Named here because the system's own table may lack a type, and with nosniff a browser then refuses the file.
CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

_FILE_HEADERS = NO_SNIFF | {"Cache-Control": "no-cache"}
_ANSWER_HEADERS = NO_SNIFF | {"Cache-Control": "no-store"}


class WebViews:
    """The views of the website channel, all asking one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._pages = Pages()
        self._files = {path.name: path for path in STATIC.iterdir() if path.suffix in CONTENT_TYPES}

    async def page(self, _request: web.Request) -> web.Response:
        """The chat page with the greeting and its example questions."""
        welcome, notice = (self._conversation.canned(name).messages for name in ("welcome", "privacy_notice"))
        return self._pages.response("chat.html", welcome=welcome, notice=notice, framed=False)

    async def file(self, request: web.Request) -> web.FileResponse:
        """A file of the page; only those of the static folder exist."""
        path = self._files.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_FILE_HEADERS | {"Content-Type": CONTENT_TYPES[path.suffix]})

    async def chat(self, request: web.Request) -> web.Response:
        """Answer one question; what cannot be a question is refused with the field at fault."""
        try:
            question = parse(await read(request, JSON, MAX_BODY))
        except Refused as refused:
            return problem(refused.status, [(refused.field, refused.message)])
        reply = await self._reply(question, request.get(CALLER))
        messages = [{"text": message.text, "options": message.options} for message in reply.messages]
        return web.json_response({"messages": messages}, headers=_ANSWER_HEADERS)

    async def _reply(self, question: Question, caller: str | None) -> Reply:
        if not question.text:
            return self._conversation.canned("empty")
        # Clients choose the names of their sessions, so two of them may choose the same.
        sender = question.session if caller is None else f"{caller}.{question.session}"
        return await self._conversation.answer("web", sender, question.key, question.text)


def routes(views: WebViews) -> list[web.RouteDef]:
    """What the application adds to its router to serve the website channel."""
    return [
        web.get("/", views.page),
        web.get("/static/{name}", views.file),
        web.post("/api/chat", views.chat),
    ]
