"""The webhook as WeChat uses it: the echo, plaintext, safe and compatible mode, and trouble inside."""

from __future__ import annotations

import xml.etree.ElementTree as ET
from typing import TypeAlias

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.assistant.port import Reply, Understanding
from bot.wechat.desk import Desk
from bot.wechat.settings import WeChatSettings
from bot.wechat.views import WeChatViews
from tests.factories import reply

from . import envelopes
from .conftest import NOW
from .envelopes import APP_ID, TENCENT_SIGNATURE, TOKEN, content_of, payload, query
from .fakes import FakeAccount, FakeConversation, FakeTyping, pseudonym

Client: TypeAlias = TestClient[web.Request, web.Application]


async def test_echo_returns_the_text_unchanged(plain: Client) -> None:
    response = await plain.get("/wechat", params=query(echostr="<b>5837 & 国</b>"))

    assert (response.status, await response.text()) == (200, "<b>5837 & 国</b>")
    assert response.content_type == "text/plain"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("missing", ["signature", "timestamp", "nonce", "echostr"])
async def test_echo_without_a_parameter_is_refused(plain: Client, missing: str) -> None:
    params = query(echostr="1")
    del params[missing]

    assert (await plain.get("/wechat", params=params)).status == 403


async def test_echo_with_a_wrong_signature_is_refused(plain: Client) -> None:
    response = await plain.get("/wechat", params=query("other", echostr="secret"))

    assert response.status == 403
    assert "secret" not in await response.text()


async def test_plain_reply_goes_back_as_xml(plain: Client) -> None:
    response = await plain.post("/wechat", params=query(), data=payload("text"))

    root = ET.fromstring(await response.read())
    assert response.content_type == "application/xml"
    assert root.findtext("ToUserName") == "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
    assert root.findtext("CreateTime") == str(NOW)


async def test_safe_mode_answers_sealed(safe: Client) -> None:
    body, params = envelopes.envelope(envelopes.seal(payload("text")))

    response = await safe.post("/wechat", params=params, data=body)

    message, app_id = envelopes.unseal(await response.read())
    assert (content_of(message), app_id) == ("answer 1 to 高级技师能延迟退休吗", APP_ID)


@pytest.mark.parametrize("name", ["tencent_safe", "tencent_compatible"])
async def test_tencents_own_message_is_answered(safe: Client, name: str) -> None:
    params = query(encrypt_type="aes", msg_signature=TENCENT_SIGNATURE)

    response = await safe.post("/wechat", params=params, data=payload(name))

    assert content_of(envelopes.unseal(await response.read())[0]) == "answer 1 to abcdteT"


async def test_compatible_mode_trusts_the_sealed_part_only(safe: Client, conversation: FakeConversation) -> None:
    clear = payload("voice_recognised").decode().removeprefix("<xml>").strip().removesuffix("</xml>")
    clear = clear.replace("<ToUserName><![CDATA[gh_10f6c3c3ac5a]]></ToUserName>", "")
    body, params = envelopes.envelope(envelopes.seal(payload("text")), clear)

    response = await safe.post("/wechat", params=params, data=body)

    assert response.status == 200
    assert [text for _, _, text in conversation.questions] == ["高级技师能延迟退休吗"]


async def test_compatible_mode_without_a_key_reads_the_clear_part(plain: Client) -> None:
    params = query(encrypt_type="aes", msg_signature=TENCENT_SIGNATURE)

    response = await plain.post("/wechat", params=params, data=payload("tencent_compatible"))

    assert content_of(await response.read()) == "answer 1 to abcdteT"


async def test_long_answer_fits(plain: Client, conversation: FakeConversation) -> None:
    conversation.next_reply = reply("很]]>" * 2000 + "\n依据:《某文件》第9条", "甲")

    response = await plain.post("/wechat", params=query(), data=payload("text"))

    text = content_of(await response.read())
    assert 2000 < len(text.encode()) <= 2048
    assert "依据:《某文件》第9条" in text


@pytest.mark.parametrize("silence", [Reply(()), reply(""), reply("\x1d \n")])
async def test_reply_without_words_is_success(plain: Client, conversation: FakeConversation, silence: Reply) -> None:
    conversation.next_reply = silence

    response = await plain.post("/wechat", params=query(), data=payload("text"))

    assert (response.status, await response.text()) == (200, "success")


async def test_trouble_is_told_and_logged_without_the_worker(plain: Client, conversation: FakeConversation) -> None:
    conversation.broken = {"answer"}

    with structlog.testing.capture_logs() as logs:
        response = await plain.post("/wechat", params=query(), data=payload("text"))

    assert content_of(await response.read()) == "canned trouble"
    assert [(entry["event"], entry["error"]) for entry in logs] == [("wechat_trouble", "RuntimeError")]
    assert any("desk.py" in place for place in logs[0]["places"])
    for secret in ("oyOR", "高级技师", envelopes.NONCE, TOKEN):
        assert secret not in str(logs)


async def test_trouble_in_safe_mode_is_told_sealed(safe: Client, conversation: FakeConversation) -> None:
    conversation.broken = {"answer"}
    body, params = envelopes.envelope(envelopes.seal(payload("text")))

    response = await safe.post("/wechat", params=params, data=body)

    assert content_of(envelopes.unseal(await response.read())[0]) == "canned trouble"


async def test_trouble_that_cannot_be_told_is_success(plain: Client, conversation: FakeConversation) -> None:
    conversation.broken = {"answer", "trouble"}

    response = await plain.post("/wechat", params=query(), data=payload("text"))

    assert (response.status, await response.text()) == (200, "success")


async def test_missing_hint_is_trouble(plain: Client, conversation: FakeConversation) -> None:
    conversation.next_reply = reply("which one", "甲", understanding=Understanding("clarify", None, 0.3))
    conversation.broken = {"choose_hint"}

    response = await plain.post("/wechat", params=query(), data=payload("text"))

    assert content_of(await response.read()) == "canned trouble"


@pytest.mark.parametrize(
    ("understanding", "number", "ends"),
    [(None, "", "甲</a>"), (Understanding("clarify", None, 0.3), "1. ", "canned choose_hint")],
    ids=["canned", "assistant"],
)
async def test_only_choices_of_the_assistant_can_be_taken_by_number(
    plain: Client, conversation: FakeConversation, understanding: Understanding | None, number: str, ends: str
) -> None:
    conversation.next_reply = reply("which one", "甲", understanding=understanding)

    response = await plain.post("/wechat", params=query(), data=payload("text"))

    text = content_of(await response.read())
    assert f">{number}甲</a>" in text
    assert text.endswith(ends)


def test_views_refuse_a_key_of_the_wrong_length() -> None:
    conversation = FakeConversation()
    desk = Desk(conversation, FakeAccount(), FakeTyping(), budget=4, pseudonym=pseudonym)

    with pytest.raises(ValueError, match="EncodingAESKey"):
        WeChatViews(WeChatSettings(TOKEN, APP_ID, "short"), desk, conversation.canned)
