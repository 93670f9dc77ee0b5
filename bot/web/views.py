"""The chat page, its static files, and the JSON interface behind it."""

from __future__ import annotations

from pathlib import Path

import jinja2
from aiohttp import http_exceptions, web

from bot.assistant.port import Reply
from bot.web.ports import Conversation
from bot.web.question import Question, Refused, parse

MAX_BODY = 16 * 1024
"""Bytes; the longest question that is answered has four thousand."""

MAX_TEXT = 1000
"""Characters of a question that are still read."""

_HERE = Path(__file__).parent

# Named here because the system's own table may lack a type, and with nosniff a browser then refuses the file.
_CONTENT_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}

_NO_SNIFF = {"X-Content-Type-Options": "nosniff"}
_PAGE_HEADERS = _NO_SNIFF | {
    "Cache-Control": "no-cache",
    "Content-Security-Policy": (
        "default-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; object-src 'none'"
    ),
    "Referrer-Policy": "no-referrer",
}
_FILE_HEADERS = _NO_SNIFF | {"Cache-Control": "no-cache"}
_ANSWER_HEADERS = _NO_SNIFF | {"Cache-Control": "no-store"}


class WebViews:
    """The views of the website channel, all asking one conversation."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        loader = jinja2.FileSystemLoader(_HERE / "templates")
        self._page = jinja2.Environment(loader=loader, autoescape=True).get_template("chat.html")
        self._files = {path.name: path for path in (_HERE / "static").iterdir() if path.suffix in _CONTENT_TYPES}

    async def page(self, _request: web.Request) -> web.Response:
        """The chat page with the greeting and its example questions."""
        html = self._page.render(welcome=self._conversation.canned("welcome").messages)
        return web.Response(text=html, content_type="text/html", charset="utf-8", headers=_PAGE_HEADERS)

    async def file(self, request: web.Request) -> web.FileResponse:
        """A file of the page; only those of the static folder exist."""
        path = self._files.get(request.match_info["name"])
        if path is None:
            raise web.HTTPNotFound
        return web.FileResponse(path, headers=_FILE_HEADERS | {"Content-Type": _CONTENT_TYPES[path.suffix]})

    async def chat(self, request: web.Request) -> web.Response:
        """Answer one question; what cannot be a question is refused with the field at fault."""
        try:
            question = parse(await _read(request))
        except Refused as refused:
            error = {"field": refused.field, "message": refused.message}
            return web.json_response({"error": error}, status=refused.status, headers=_ANSWER_HEADERS)
        reply = await self._reply(question)
        messages = [{"text": message.text, "options": message.options} for message in reply.messages]
        return web.json_response({"messages": messages}, headers=_ANSWER_HEADERS)

    async def _reply(self, question: Question) -> Reply:
        if not question.text:
            return self._conversation.canned("empty")
        if len(question.text) > MAX_TEXT:
            return self._conversation.canned("too_long")
        return await self._conversation.answer("web", question.session, question.key, question.text)


def routes(views: WebViews) -> list[web.RouteDef]:
    """What the application adds to its router to serve the website channel."""
    return [
        web.get("/", views.page),
        web.get("/static/{name}", views.file),
        web.post("/api/chat", views.chat),
    ]


async def _read(request: web.Request) -> bytes:
    # A page of another site can post a form or text without asking, but JSON only where CORS allows it.
    if request.content_type != "application/json":
        raise Refused(415, "Content-Type", "send the body as application/json")
    body = bytearray()
    try:
        # Counted as it comes: neither Content-Length nor the application's own limit holds for a compressed body.
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > MAX_BODY:
                raise Refused(413, "body", f"send at most {MAX_BODY} bytes")
    except (web.RequestPayloadError, http_exceptions.ContentEncodingError):
        raise Refused(400, "body", "the body cannot be read; send it whole, and uncompressed") from None
    return bytes(body)
