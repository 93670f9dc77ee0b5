"""Calls WeChat's API: keeps the access token and sends the menu."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable, Mapping, Sequence

import aiohttp
import msgspec

from bot.wechat.menu import menu_json
from policies_kb.model import MenuButton

_TIMEOUT = aiohttp.ClientTimeout(total=10)
_EARLY = 300  # Seconds before its end at which a token is fetched anew; WeChat renews it as early.
_BAD_TOKEN = frozenset({40001, 40014, 42001})
_TRANSIENT = _BAD_TOKEN | {-1, 45009}  # Busy; the day's quota is used up.


class WeChatError(Exception):
    """WeChat refused a call (`code` is its errcode) or could not be asked (None); `permanent`: do not try again."""

    def __init__(self, code: int | None, message: str, permanent: bool) -> None:
        super().__init__(f"WeChat: {message}" if code is None else f"WeChat {code}: {message}")
        self.code = code
        self.permanent = permanent


class _Answer(msgspec.Struct, frozen=True):
    """What any call may answer; a token comes without an errcode."""

    errcode: int = 0
    errmsg: str = ""
    access_token: str = ""
    expires_in: int = 0


class WeChatClient:
    """The API of one account at `base_url`; `clock` gives monotonic seconds."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        base_url: str,
        app_id: str,
        app_secret: str,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._session = session
        self._base_url = base_url.rstrip("/")
        self._app_id = app_id
        self._app_secret = app_secret
        self._clock = clock
        self._token = ""
        self._token_ends = 0.0
        self._renewing = asyncio.Lock()

    async def create_menu(self, buttons: Sequence[MenuButton]) -> None:
        """Replace the account's menu; raise MenuInvalid or WeChatError."""
        await self._call("cgi-bin/menu/create", menu_json(buttons))

    async def _call(self, path: str, body: Mapping[str, object]) -> None:
        token = await self._valid_token()
        try:
            await self._post(path, body, token)
        except WeChatError as error:
            if error.code not in _BAD_TOKEN:
                raise
            # Once only: a secret that is no longer valid would otherwise burn the day's quota of tokens.
            await self._post(path, body, await self._valid_token(refused=token))

    async def _valid_token(self, refused: str | None = None) -> str:
        async with self._renewing:
            if self._token in ("", refused) or self._clock() >= self._token_ends:
                answer = await self._fetch_token(force=False)
                # WeChat repeats its token until it ends, so one that it has just refused must be replaced by force.
                if answer.access_token == refused:
                    answer = await self._fetch_token(force=True)
                self._token = answer.access_token
                self._token_ends = self._clock() + answer.expires_in - _EARLY
            return self._token

    async def _fetch_token(self, force: bool) -> _Answer:
        grant = {"grant_type": "client_credential", "appid": self._app_id, "secret": self._app_secret}
        answer = await self._post("cgi-bin/stable_token", {**grant, "force_refresh": force})
        if not answer.access_token:
            raise WeChatError(None, "stable_token answered without a token", permanent=False)
        return answer

    async def _post(self, path: str, body: Mapping[str, object], token: str | None = None) -> _Answer:
        query = {} if token is None else {"access_token": token}
        try:
            # aiohttp's own json= would escape the Chinese, and WeChat shows the escapes on the buttons.
            async with self._session.post(
                f"{self._base_url}/{path}", params=query, data=msgspec.json.encode(body), timeout=_TIMEOUT
            ) as response:
                answer = msgspec.json.decode(await response.read(), type=_Answer)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            # Their text may hold the address, and the address holds the token.
            raise WeChatError(None, f"{path} failed: {type(error).__name__}", permanent=False) from None
        except (msgspec.DecodeError, UnicodeDecodeError):
            raise WeChatError(None, f"{path} answered {response.status} and no JSON", permanent=False) from None
        if answer.errcode:
            raise WeChatError(answer.errcode, answer.errmsg, permanent=answer.errcode not in _TRANSIENT)
        return answer
