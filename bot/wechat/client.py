"""Calls WeChat's API: keeps the access token, sends the menu and customer-service messages."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta, timezone
from typing import TypeVar

import aiohttp
import msgspec

from bot.assistant.port import Message
from bot.conversation.ports import Media, MediaGone
from bot.wechat.menu import menu_json
from bot.wechat.tokens import Token, Tokens
from policies_kb.model import MenuButton

_TIMEOUT = aiohttp.ClientTimeout(total=10, connect=5)
_EARLY = 300  # Seconds before its end at which a token is fetched anew; WeChat renews it as early.
_BAD_TOKEN = frozenset({40001, 40014, 42001})
_TRANSIENT = _BAD_TOKEN | {-1, 45009}  # Busy; the day's quota is used up.
_FORCE_AGAIN = timedelta(hours=1)
"""WeChat allows 20 forced tokens a day; if it refuses one at once, the next would be refused, too."""
_RENEWAL_LOOKS, _RENEWAL_PAUSE = 50, 0.2
_TEXTS = frozenset({"text/plain", "application/json"})
MOST_MEDIA = 10 * 2**20
"""Bytes; WeChat takes pictures of as many."""

T = TypeVar("T")

# Only these are certain to have failed before WeChat could read the request.
_NOT_CONNECTED = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError)


class WeChatError(Exception):
    """WeChat refused a call (`code` is its errcode) or could not be asked (None); `permanent`: do not try again.

    `maybe_done`: no answer came, so that the call may have had its effect all the same.
    """

    def __init__(self, code: int | None, message: str, permanent: bool, maybe_done: bool = False) -> None:
        super().__init__(f"WeChat: {message}" if code is None else f"WeChat {code}: {message}")
        self.code = code
        self.permanent = permanent
        self.maybe_done = maybe_done


class _Answer(msgspec.Struct, frozen=True):
    """What any call may answer; a token comes without an errcode."""

    errcode: int = 0
    errmsg: str = ""
    access_token: str = ""
    expires_in: int = 0


def _utc_now() -> datetime:
    return datetime.now(timezone.utc)


class WeChatClient:
    """The API of one account at `base_url`."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        app_id: str,
        app_secret: str,
        tokens: Tokens,
        now: Callable[[], datetime] = _utc_now,
        pause: Callable[[float], Awaitable[None]] = asyncio.sleep,
        timeout: aiohttp.ClientTimeout = _TIMEOUT,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._app_id = app_id
        self._app_secret = app_secret
        self._tokens = tokens
        self._now = now
        self._pause = pause
        self._timeout = timeout
        self._renewing = asyncio.Lock()
        self._forced_at: datetime | None = None

    async def create_menu(self, buttons: Sequence[MenuButton]) -> None:
        """Replace the account's menu; raise MenuInvalid or WeChatError."""
        await self._call("cgi-bin/menu/create", menu_json(buttons))

    async def send(self, openid: str, message: Message) -> None:
        """Send a customer-service message, with choices as a menu to tap; raise WeChatError."""
        if message.options:
            choices = [{"id": str(number), "content": title} for number, title in enumerate(message.options, 1)]
            content = {"head_content": message.text, "list": choices, "tail_content": ""}
            await self._call(
                "cgi-bin/message/custom/send", {"touser": openid, "msgtype": "msgmenu", "msgmenu": content}
            )
        else:
            text = {"content": message.text}
            await self._call("cgi-bin/message/custom/send", {"touser": openid, "msgtype": "text", "text": text})

    async def show_typing(self, openid: str) -> None:
        """Show the worker that an answer is being written; raise WeChatError."""
        await self._call("cgi-bin/message/custom/typing", {"touser": openid, "command": "Typing"})

    async def media(self, name: str) -> Media:
        """A picture or a recording that a worker sent within the last three days; raises MediaGone."""
        try:
            return await self._with_token(lambda token: self._get_media(name, token))
        except WeChatError as error:
            raise MediaGone from error

    async def _call(self, path: str, body: Mapping[str, object]) -> None:
        await self._with_token(lambda token: self._post(path, body, token))

    async def _with_token(self, call: Callable[[str], Awaitable[T]]) -> T:
        token = await self._valid_token()
        try:
            return await call(token)
        except WeChatError as error:
            if error.code not in _BAD_TOKEN:
                raise
            # Once only: a secret that is no longer valid would otherwise burn the day's quota of tokens.
            return await call(await self._valid_token(refused=token))

    async def _valid_token(self, refused: str | None = None) -> str:
        async with self._renewing:
            for _ in range(_RENEWAL_LOOKS):
                token = await self._tokens.load()
                if token is not None and token.value != refused and self._now() < token.ends_at:
                    return token.value
                if await self._tokens.begin_renewing():
                    return await self._renewed(refused)
                await self._pause(_RENEWAL_PAUSE)
        raise WeChatError(None, "another process renews the token and does not come to an end", permanent=False)

    async def _renewed(self, refused: str | None) -> str:
        token = None
        try:
            answer = await self._fetch_token(force=False)
            # WeChat repeats its token until it ends, so one that it has just refused must be replaced by force.
            if answer.access_token == refused and self._may_force():
                self._forced_at = self._now()
                answer = await self._fetch_token(force=True)
            token = Token(answer.access_token, self._now() + timedelta(seconds=answer.expires_in - _EARLY))
            return token.value
        finally:
            await self._tokens.end_renewing(token)

    def _may_force(self) -> bool:
        return self._forced_at is None or self._now() >= self._forced_at + _FORCE_AGAIN

    async def _fetch_token(self, force: bool) -> _Answer:
        grant = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._app_secret}
        try:
            answer = await self._post("cgi-bin/stable_token", {**grant, "force_refresh": force})
        except WeChatError as error:
            # Whatever became of this request, the call that wants the token was not made.
            error.maybe_done = False
            raise
        if not answer.access_token:
            raise WeChatError(None, "stable_token answered without a token", permanent=False)
        return answer

    async def _get_media(self, name: str, token: str) -> Media:
        query = {"access_token": token, "media_id": name}
        content = bytearray()
        try:
            async with self._session.get(
                f"{self._base_url}/cgi-bin/media/get", params=query, timeout=self._timeout
            ) as response:
                async for chunk in response.content.iter_any():
                    content += chunk
                    if len(content) > MOST_MEDIA:
                        raise MediaGone
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            raise WeChatError(None, f"media/get failed: {type(error).__name__}", False) from None
        if response.content_type not in _TEXTS:
            return Media(response.content_type, bytes(content))
        # WeChat refuses with JSON, which it labels as text.
        try:
            answer = msgspec.json.decode(content, type=_Answer)
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise MediaGone from None
        raise WeChatError(answer.errcode, answer.errmsg, permanent=answer.errcode not in _TRANSIENT)

    async def _post(self, path: str, body: Mapping[str, object], token: str | None = None) -> _Answer:
        query = {} if token is None else {"access_token": token}
        try:
            # aiohttp's own json= would escape the Chinese, and WeChat shows the escapes on the buttons.
            async with self._session.post(
                f"{self._base_url}/{path}", params=query, data=msgspec.json.encode(body), timeout=self._timeout
            ) as response:
                answer = msgspec.json.decode(await response.read(), type=_Answer)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            # Their text may hold the address, and the address holds the token.
            unsent = isinstance(error, _NOT_CONNECTED)
            raise WeChatError(None, f"{path} failed: {type(error).__name__}", False, not unsent) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise WeChatError(None, f"{path} answered {response.status} and no JSON", False, True) from None
        if answer.errcode:
            raise WeChatError(answer.errcode, answer.errmsg, permanent=answer.errcode not in _TRANSIENT)
        return answer
