"""The API client against a local server that answers as WeChat does."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timezone

import aiohttp
import msgspec
import pytest
from aiohttp.test_utils import TestServer, unused_port

from bot.assistant.port import Message
from bot.wechat.client import WeChatClient, WeChatError
from bot.wechat.menu import MenuInvalid
from bot.wechat.tokens import OwnTokens, Token
from policies_kb.model import MenuButton
from tests.fakes import SetClock

from .fake_api import FakeAPI

MENU = (MenuButton("延迟退休", ask="高级技师能延迟退休吗"),)


@pytest.fixture
def api() -> FakeAPI:
    return FakeAPI()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def client(api: FakeAPI, clock: SetClock) -> AsyncIterator[WeChatClient]:
    async with TestServer(api.app()) as server, aiohttp.ClientSession() as session:
        yield WeChatClient(session, str(server.make_url("/")), "wx1", "app-secret", OwnTokens(), clock)


async def test_menu_is_sent_with_a_token_and_as_plain_chinese(client: WeChatClient, api: FakeAPI) -> None:
    await client.create_menu(MENU)

    token, body = api.menus[0]
    assert token == "token-1"
    assert "ask:高级技师能延迟退休吗".encode() in body
    assert msgspec.json.decode(body)["button"][0]["type"] == "click"
    assert api.grants == [
        {"grant_type": "client_credential", "appid": "wx1", "secret": "app-secret", "force_refresh": False}
    ]


async def test_token_is_kept_until_five_minutes_before_its_end(
    client: WeChatClient, api: FakeAPI, clock: SetClock
) -> None:
    fetched = []
    for passed in (0, 6899, 1):
        clock.passes(passed)
        await client.create_menu(MENU)
        fetched.append(len(api.grants))

    assert fetched == [1, 1, 2]


async def test_concurrent_calls_fetch_one_token(client: WeChatClient, api: FakeAPI) -> None:
    await asyncio.gather(*(client.create_menu(MENU) for _ in range(5)))

    assert len(api.grants) == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_refused_token_is_replaced_once(client: WeChatClient, api: FakeAPI, code: int) -> None:
    api.menu_errors = [code]

    await client.create_menu(MENU)

    assert [token for token, _ in api.menus] == ["token-1", "token-2"]
    assert [grant["force_refresh"] for grant in api.grants] == [False, False, True]


async def test_token_that_another_process_replaced_is_not_forced(client: WeChatClient, api: FakeAPI) -> None:
    await client.create_menu(MENU)
    api.tokens, api.menu_errors = 7, [40001]

    await client.create_menu(MENU)

    assert [token for token, _ in api.menus] == ["token-1", "token-1", "token-7"]
    assert not any(grant["force_refresh"] for grant in api.grants)


async def test_token_refused_for_ever_is_not_forced_again_within_the_hour(
    client: WeChatClient, api: FakeAPI, clock: SetClock
) -> None:
    api.menu_errors = [40001] * 99
    for passes in (0, 60, 3600):
        clock.passes(passes)
        for _ in range(3):
            with pytest.raises(WeChatError):
                await client.create_menu(MENU)

    assert sum(bool(grant["force_refresh"]) for grant in api.grants) == 2


async def test_token_refused_for_ever_is_an_error_after_one_retry(client: WeChatClient, api: FakeAPI) -> None:
    api.menu_errors = [40001] * 9

    with pytest.raises(WeChatError) as error:
        await client.create_menu(MENU)

    assert (error.value.code, error.value.permanent) == (40001, False)
    assert (len(api.menus), len(api.grants)) == (2, 3)


@pytest.mark.parametrize(("code", "permanent"), [(48001, True), (40018, True), (-1, False), (45009, False)])
async def test_refused_call_is_an_error(client: WeChatClient, api: FakeAPI, code: int, permanent: bool) -> None:
    api.menu_errors = [code]

    with pytest.raises(WeChatError, match=f"WeChat {code}: message {code}") as error:
        await client.create_menu(MENU)

    assert (error.value.code, error.value.permanent) == (code, permanent)
    assert len(api.menus) == 1


async def test_wrong_secret_is_permanent(client: WeChatClient, api: FakeAPI) -> None:
    api.token_error = 40125

    with pytest.raises(WeChatError) as error:
        await client.create_menu(MENU)

    assert error.value.permanent
    assert (len(api.grants), len(api.menus)) == (1, 0)


@pytest.mark.parametrize("body", ["<html>bad gateway</html>", "", '{"errcode": "x"}', "[]"])
async def test_answer_that_is_no_json_of_wechats_is_transient(client: WeChatClient, api: FakeAPI, body: str) -> None:
    api.body = body

    with pytest.raises(WeChatError, match="answered 502 and no JSON") as error:
        await client.create_menu(MENU)

    assert (error.value.code, error.value.permanent) == (None, False)


async def test_unreachable_wechat_is_transient_and_tells_no_secret() -> None:
    async with aiohttp.ClientSession() as session:
        client = WeChatClient(session, f"http://127.0.0.1:{unused_port()}", "wx1", "app-secret", OwnTokens())

        with pytest.raises(WeChatError) as error:
            await client.create_menu(MENU)

    assert (error.value.code, error.value.permanent) == (None, False)
    assert "secret" not in str(error.value)
    assert "127.0.0.1" not in str(error.value)


async def test_menu_that_breaks_limits_is_not_sent(client: WeChatClient, api: FakeAPI) -> None:
    with pytest.raises(MenuInvalid):
        await client.create_menu(MENU * 4)

    assert api.grants == []


async def test_text_and_menu_are_sent_as_wechat_wants_them(client: WeChatClient, api: FakeAPI) -> None:
    await client.send("oWorker", Message("答案"))
    await client.send("oWorker", Message("哪一个", ("甲", "乙")))
    await client.show_typing("oWorker")

    menu = {"head_content": "哪一个", "list": [{"id": "1", "content": "甲"}, {"id": "2", "content": "乙"}]}
    assert [body for _, body in api.sent] == [
        {"touser": "oWorker", "msgtype": "text", "text": {"content": "答案"}},
        {"touser": "oWorker", "msgtype": "msgmenu", "msgmenu": {**menu, "tail_content": ""}},
    ]
    assert api.typing == ["oWorker"]


async def test_call_without_an_answer_may_have_had_its_effect(api: FakeAPI) -> None:
    api.open.clear()
    async with TestServer(api.app()) as server, aiohttp.ClientSession() as session:
        hurried = aiohttp.ClientTimeout(total=0.05)
        url = str(server.make_url("/"))
        client = WeChatClient(session, url, "wx1", "app-secret", OwnTokens(), timeout=hurried)

        with pytest.raises(WeChatError, match="custom/send failed: TimeoutError") as error:
            await client.send("oWorker", Message("答案"))
        api.open.set()

    assert (error.value.maybe_done, error.value.permanent) == (True, False)


async def test_call_that_never_reached_wechat_had_no_effect() -> None:
    async with aiohttp.ClientSession() as session:
        client = WeChatClient(session, f"http://127.0.0.1:{unused_port()}", "wx1", "app-secret", OwnTokens())

        with pytest.raises(WeChatError) as error:
            await client.send("oWorker", Message("答案"))

    assert not error.value.maybe_done


async def test_token_of_another_process_is_waited_for(api: FakeAPI) -> None:
    class Busy(OwnTokens):
        async def begin_renewing(self) -> bool:
            return False

    tokens = Busy()

    async def pause(seconds: float) -> None:
        await tokens.end_renewing(Token("theirs", datetime.max.replace(tzinfo=timezone.utc)))

    async with TestServer(api.app()) as server, aiohttp.ClientSession() as session:
        client = WeChatClient(session, str(server.make_url("/")), "wx1", "app-secret", tokens, pause=pause)
        await client.send("oWorker", Message("答案"))

    assert [token for token, _ in api.sent] == ["theirs"]
    assert api.grants == []


async def test_renewal_that_does_not_end_is_transient() -> None:
    class Busy(OwnTokens):
        async def begin_renewing(self) -> bool:
            return False

    async def pause(seconds: float) -> None:
        """Time passes."""

    async with aiohttp.ClientSession() as session:
        client = WeChatClient(session, "http://127.0.0.1:1", "wx1", "app-secret", Busy(), pause=pause)

        with pytest.raises(WeChatError, match="another process renews the token") as error:
            await client.send("oWorker", Message("答案"))

    assert (error.value.permanent, error.value.maybe_done) == (False, False)
