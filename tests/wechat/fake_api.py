"""WeChat's API as a real server: settable error codes and delays, and a record of what was delivered."""

from __future__ import annotations

import asyncio
from collections import defaultdict

import msgspec
from aiohttp import web


class FakeAPI:
    """Repeats its token until forced; each call answers with the errcodes set for its path, then with 0.

    `delivered` are the texts that workers have got, by openid. While `open` is cleared, calls reach it, have their
    effect, and are not answered.
    """

    def __init__(self) -> None:
        self.tokens = 1
        self.granted_for = 7200
        self.grants: list[dict[str, object]] = []
        self.menus: list[tuple[str, bytes]] = []
        self.sent: list[tuple[str, dict[str, object]]] = []
        self.typing: list[str] = []
        self.delivered: defaultdict[str, list[str]] = defaultdict(list)
        self.menu_errors: list[int] = []
        self.send_errors: list[int] = []
        self.typing_errors: list[int] = []
        self.media_errors: list[int] = []
        self.media: dict[str, bytes] = {}
        self.token_error = 0
        self.longest = 2048
        self.body: str | None = None
        self.open = asyncio.Event()
        self.open.set()
        self.reached = asyncio.Event()

    def app(self) -> web.Application:
        """The server."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/cgi-bin/stable_token", self._token),
                web.post("/cgi-bin/menu/create", self._create_menu),
                web.post("/cgi-bin/message/custom/send", self._send),
                web.post("/cgi-bin/message/custom/typing", self._type),
                web.get("/cgi-bin/media/get", self._media),
            ]
        )
        return app

    async def _token(self, request: web.Request) -> web.Response:
        grant = await request.json()
        self.grants.append(grant)
        if self.token_error:
            return web.json_response({"errcode": self.token_error, "errmsg": "invalid appsecret"})
        self.tokens += bool(grant["force_refresh"])
        return web.json_response({"access_token": f"token-{self.tokens}", "expires_in": self.granted_for})

    async def _create_menu(self, request: web.Request) -> web.Response:
        self.menus.append((request.query["access_token"], await request.read()))
        if self.body is not None:
            return web.Response(status=502, text=self.body)
        return _answer(self.menu_errors)

    async def _send(self, request: web.Request) -> web.Response:
        body = msgspec.json.decode(await request.read(), type=dict[str, object])
        self.sent.append((request.query["access_token"], body))
        text = _text(body)
        answer = _answer([45002] if len(text.encode()) > self.longest else self.send_errors)
        if b'"errcode": 0' in (answer.body if isinstance(answer.body, bytes) else b""):
            self.delivered[str(body["touser"])].append(text)
        self.reached.set()
        await self.open.wait()
        return web.Response(status=502, text=self.body) if self.body is not None else answer

    async def _media(self, request: web.Request) -> web.Response:
        if self.media_errors:
            return _answer(self.media_errors)
        return web.Response(body=self.media[request.query["media_id"]], content_type="image/jpeg")

    async def _type(self, request: web.Request) -> web.Response:
        body = await request.json()
        self.typing.append(body["touser"])
        return _answer(self.typing_errors)


def _text(body: dict[str, object]) -> str:
    content = body[str(body["msgtype"])]
    assert isinstance(content, dict)
    return str(content["content"] if body["msgtype"] == "text" else content["head_content"])


def _answer(errors: list[int]) -> web.Response:
    code = errors.pop(0) if errors else 0
    # WeChat labels its JSON as text.
    return web.Response(text=f'{{"errcode": {code}, "errmsg": "message {code}"}}')
