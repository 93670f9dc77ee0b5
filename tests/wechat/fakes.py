"""Hand-written stand-ins for what the webhook and the API client talk to."""

from __future__ import annotations

from aiohttp import web

from bot.assistant.port import Message, Reply


def reply(text: str, *options: str) -> Reply:
    """A reply of one message."""
    return Reply((Message(text, options),))


class FakeConversation:
    """Answers each key once, with `next_reply` or an echo; canned replies show their own name."""

    def __init__(self) -> None:
        self.questions: list[tuple[str, str, str]] = []
        self.forgotten: list[tuple[str, str]] = []
        self.next_reply: Reply | None = None
        self.broken: set[str] = set()
        self._answers: dict[str, Reply] = {}

    async def answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        if "answer" in self.broken:
            raise RuntimeError(f"broken by {text} of {sender}")
        if key not in self._answers:
            self.questions.append((channel, sender, text))
            self._answers[key] = self.next_reply or reply(f"answer {len(self.questions)} to {text}")
        return self._answers[key]

    async def forget(self, channel: str, sender: str) -> None:
        self.forgotten.append((channel, sender))

    def canned(self, name: str) -> Reply:
        if name in self.broken:
            raise KeyError(name)
        examples = ("first example", "second example") if name == "welcome" else ()
        return reply(f"canned {name}", *examples)


class FakeAPI:
    """WeChat's API: repeats its token until forced, and answers menu/create with the errcodes set, then with 0."""

    def __init__(self) -> None:
        self.tokens = 1
        self.granted_for = 7200
        self.grants: list[dict[str, object]] = []
        self.menus: list[tuple[str, bytes]] = []
        self.menu_errors: list[int] = []
        self.token_error = 0
        self.body: str | None = None

    def app(self) -> web.Application:
        """The server of the two calls."""
        app = web.Application()
        app.add_routes(
            [web.post("/cgi-bin/stable_token", self._token), web.post("/cgi-bin/menu/create", self._create_menu)]
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
        code = self.menu_errors.pop(0) if self.menu_errors else 0
        # WeChat labels its JSON as text.
        return web.Response(text=f'{{"errcode": {code}, "errmsg": "message {code}"}}')
