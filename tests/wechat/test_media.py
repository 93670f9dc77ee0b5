"""Pictures and recordings that workers send: their names, and how they are fetched."""

from __future__ import annotations

import pytest
from aiohttp import ClientSession
from aiohttp.test_utils import TestServer

from bot.conversation.ports import Media, MediaGone, Said
from bot.wechat import client
from bot.wechat.client import WeChatClient
from bot.wechat.dispatch import dispatch
from bot.wechat.messages import parse
from bot.wechat.tokens import OwnTokens
from tests.wechat.envelopes import payload
from tests.wechat.fake_api import FakeAPI


@pytest.mark.parametrize("name", ["image", "voice"])
def test_message_keeps_the_name_of_its_media(name: str) -> None:
    said = dispatch(parse(payload(name)), "worker")

    assert isinstance(said, Said)
    assert said.media


def test_name_that_is_none_is_left_out() -> None:
    body = payload("image").replace(b"<MediaId><![CDATA[", b"<MediaId><![CDATA[../&?")

    said = dispatch(parse(body), "worker")

    assert isinstance(said, Said)
    assert said.media == ""


async def test_media_is_fetched_with_a_token_that_is_renewed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    api = FakeAPI()
    api.media, api.media_errors = {"m-1": b"jpeg"}, [40001]
    async with TestServer(api.app()) as server, ClientSession() as http:
        calls = WeChatClient(http, str(server.make_url("/")), "wx1", "secret", OwnTokens())
        assert await calls.media("m-1") == Media("image/jpeg", b"jpeg")

        for code in (40007, 48001):
            api.media_errors = [code]
            with pytest.raises(MediaGone):
                await calls.media("m-1")
        monkeypatch.setattr(client, "MOST_MEDIA", 3)
        with pytest.raises(MediaGone):
            await calls.media("m-1")
