"""POST /api/chat: what it answers, what it refuses, and how it says so."""

from __future__ import annotations

import gzip
import json
from typing import Any, TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.assistant.port import Message, Reply
from bot.web.views import MAX_BODY

from .fakes import SOURCE, FakeConversation

Client: TypeAlias = TestClient[web.Request, web.Application]

SESSION = "session-0001"
JSON = {"Content-Type": "application/json"}


async def _post(client: Client, body: object) -> tuple[int, Any]:
    async with client.post("/api/chat", json=body) as response:
        return response.status, await response.json()


async def test_question_is_answered_with_texts_and_options(client: Client, conversation: FakeConversation) -> None:
    conversation.replies["有补贴吗"] = Reply((Message(f"有。\n{SOURCE}"), Message("还想问：", ("咋领？", "去哪办？"))))

    status, answer = await _post(client, {"session": SESSION, "text": " 有补贴吗\n"})

    assert status == 200
    assert answer == {
        "messages": [
            {"text": f"有。\n{SOURCE}", "options": []},
            {"text": "还想问：", "options": ["咋领？", "去哪办？"]},
        ]
    }
    assert [(asked.channel, asked.sender) for asked in conversation.asked] == [("web", SESSION)]


async def test_answer_is_kept_by_nobody_and_shared_with_no_other_site(client: Client) -> None:
    body = {"session": SESSION, "text": "有补贴吗"}

    async with client.post("/api/chat", json=body, headers={"Origin": "https://elsewhere.example"}) as response:
        headers = response.headers

    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert not [name for name in headers if name.startswith("Access-Control-")]


async def test_repeat_with_the_same_id_is_answered_once(client: Client, conversation: FakeConversation) -> None:
    body = {"session": SESSION, "text": "有补贴吗", "id": "request-1"}

    first, second = await _post(client, body), await _post(client, body)

    assert first == second
    assert len(conversation.asked) == 1


async def test_question_without_id_is_asked_each_time(client: Client, conversation: FakeConversation) -> None:
    body = {"session": SESSION, "text": "有补贴吗"}

    await _post(client, body)
    await _post(client, body)

    assert len({asked.key for asked in conversation.asked}) == 2


async def test_id_of_another_session_does_not_show_its_answer(client: Client) -> None:
    _, mine = await _post(client, {"session": "session-mine", "text": "我的事", "id": "request-1"})
    _, yours = await _post(client, {"session": "session-yours", "text": "你的事", "id": "request-1"})

    assert mine != yours


@pytest.mark.parametrize(
    ("text", "canned"),
    [
        ("", "empty"),
        (" \n\u3000", "empty"),
        ("\x00\x1d", "empty"),
    ],
)
async def test_text_that_cannot_be_answered_gets_a_canned_reply(
    client: Client, conversation: FakeConversation, text: str, canned: str
) -> None:
    status, answer = await _post(client, {"session": SESSION, "text": text})

    assert (status, answer) == (200, {"messages": [{"text": f"canned {canned}", "options": []}]})
    assert conversation.asked == []


async def test_longest_text_is_answered_without_what_surrounds_it(
    client: Client, conversation: FakeConversation
) -> None:
    status, _ = await _post(client, {"session": SESSION, "text": f"  {'𠮷' * 1000}  "})

    assert status == 200
    assert conversation.asked[0].text == "𠮷" * 1000


async def test_control_characters_do_not_reach_the_conversation(client: Client, conversation: FakeConversation) -> None:
    await _post(client, {"session": SESSION, "text": "有\x00补\x1d贴\n吗"})

    assert conversation.asked[0].text == "有补贴\n吗"


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ([], "body"),
        ("text", "body"),
        (0, "body"),
        ({}, "session"),
        ({"text": "问"}, "session"),
        ({"session": 12345678, "text": "问"}, "session"),
        ({"session": "short", "text": "问"}, "session"),
        ({"session": "x" * 65, "text": "问"}, "session"),
        ({"session": "session 0001", "text": "问"}, "session"),
        ({"session": "会话会话会话会话", "text": "问"}, "session"),
        ({"session": "session-0001\n", "text": "问"}, "session"),
        ({"session": SESSION}, "text"),
        ({"session": SESSION, "text": None}, "text"),
        ({"session": SESSION, "text": ["问"]}, "text"),
        ({"session": SESSION, "text": "问", "id": 1}, "id"),
        ({"session": SESSION, "text": "问", "id": None}, "id"),
        ({"session": SESSION, "text": "问", "id": ""}, "id"),
    ],
)
async def test_wrong_shape_is_refused_with_the_field_and_what_to_send(
    client: Client, conversation: FakeConversation, body: object, field: str
) -> None:
    status, answer = await _post(client, body)

    assert status == 422
    assert answer["errors"][0]["field"] == field
    assert answer["errors"][0]["message"].startswith("send ")
    assert conversation.asked == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"session=1",
        b"{",
        b"\xff\xfe",
        b'"\xff"',
        b"NaN",
        b"[" * 16000,
        b"9" * 5000,
        json.dumps({"session": SESSION, "text": "\ud800 half a pair"}).encode(),
    ],
)
async def test_body_that_is_not_json_is_refused(client: Client, body: bytes) -> None:
    async with client.post("/api/chat", data=body, headers=JSON) as response:
        assert response.status == 400
        assert (await response.json())["errors"][0]["field"] == "body"


@pytest.mark.parametrize(
    "content_type", ["text/plain", "application/x-www-form-urlencoded", "text/json", "application/octet-stream"]
)
async def test_other_content_type_is_refused(client: Client, content_type: str) -> None:
    body = json.dumps({"session": SESSION, "text": "问"}).encode()

    async with client.post("/api/chat", data=body, headers={"Content-Type": content_type}) as response:
        assert response.status == 415
        assert "application/json" in (await response.json())["errors"][0]["message"]


async def test_content_type_may_name_its_charset(client: Client) -> None:
    body = json.dumps({"session": SESSION, "text": "问"}).encode()

    async with client.post(
        "/api/chat", data=body, headers={"Content-Type": "application/json; charset=utf-8"}
    ) as response:
        assert response.status == 200


async def test_body_of_the_limit_is_read_and_one_byte_more_is_refused(client: Client) -> None:
    body = json.dumps({"session": SESSION, "text": "问"}).encode().ljust(MAX_BODY)

    async with client.post("/api/chat", data=body, headers=JSON) as response:
        assert response.status == 200
    async with client.post("/api/chat", data=body + b" ", headers=JSON) as response:
        assert response.status == 413


async def test_compressed_body_cannot_grow_past_the_limit(client: Client) -> None:
    bomb = gzip.compress(b" " * 1_000_000)

    async with client.post("/api/chat", data=bomb, headers=JSON | {"Content-Encoding": "gzip"}) as response:
        assert response.status == 413


async def test_broken_compression_is_refused(client: Client) -> None:
    async with client.post("/api/chat", data=b"not gzip", headers=JSON | {"Content-Encoding": "gzip"}) as response:
        assert response.status == 400


async def test_other_methods_are_refused(client: Client) -> None:
    async with client.get("/api/chat") as response:
        assert response.status == 405
