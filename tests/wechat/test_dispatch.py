"""Each kind of message through the webhook, from WeChat's own payloads."""

from __future__ import annotations

from typing import TypeAlias

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient

from .envelopes import content_of, payload, query
from .fakes import FakeConversation

Client: TypeAlias = TestClient[web.Request, web.Application]
SENDER = "wechat oyORnuP8q7ou2gfYjqLzSIWZf0rs"


async def post(client: Client, body: bytes) -> bytes:
    response = await client.post("/wechat", params=query(), data=body)
    assert response.status == 200
    return await response.read()


@pytest.mark.parametrize(
    ("name", "question"),
    [
        ("text", "高级技师能延迟退休吗"),
        ("text_tapped", "参保职工技能提升补贴怎么领"),
        ("voice_recognised", "技能提升补贴怎么领。"),
        ("event_click_ask", "高级技师能延迟退休吗"),
    ],
)
async def test_question_is_answered(plain: Client, conversation: FakeConversation, name: str, question: str) -> None:
    answer = content_of(await post(plain, payload(name)))

    assert answer == f"answer 1 to {question}"
    assert conversation.questions == [("wechat", SENDER, question)]


@pytest.mark.parametrize(
    ("name", "canned"),
    [
        ("voice", "voice_unheard"),
        ("image", "image_unread"),
        ("link", "link_unread"),
        ("location", "location_unread"),
        ("sticker", "unsupported"),
        ("video", "unsupported"),
        ("shortvideo", "unsupported"),
        ("file", "unsupported"),
        ("event_click_other", "help"),
        ("event_click_empty", "help"),
    ],
)
async def test_message_gets_a_canned_reply(
    plain: Client, conversation: FakeConversation, name: str, canned: str
) -> None:
    assert content_of(await post(plain, payload(name))) == f"canned {canned}"
    assert conversation.questions == []


@pytest.mark.parametrize("name", ["event_subscribe", "event_subscribe_scene", "event_scan"])
async def test_new_follower_is_welcomed_with_examples_to_tap(plain: Client, name: str) -> None:
    text = content_of(await post(plain, payload(name)))

    first, second = (
        f'<a href="weixin://bizmsgmenu?msgmenucontent={name}%20example&msgmenuid=0">{name} example</a>'
        for name in ("first", "second")
    )
    assert text.split("\n") == ["canned welcome", "", first, second]


@pytest.mark.parametrize("name", ["event_view", "event_location", "event_template", "event_scancode"])
async def test_other_events_are_only_acknowledged(plain: Client, conversation: FakeConversation, name: str) -> None:
    assert await post(plain, payload(name)) == b"success"
    assert conversation.questions == []


async def test_worker_who_leaves_is_forgotten(plain: Client, conversation: FakeConversation) -> None:
    assert await post(plain, payload("event_unsubscribe")) == b"success"
    assert conversation.forgotten == [("wechat", SENDER)]


async def test_repeated_message_gets_the_same_answer_once(plain: Client, conversation: FakeConversation) -> None:
    answers = [content_of(await post(plain, payload("text"))) for _ in range(3)]

    assert answers == ["answer 1 to 高级技师能延迟退休吗"] * 3
    assert len(conversation.questions) == 1


async def test_repeated_click_is_asked_once_and_a_later_one_again(
    plain: Client, conversation: FakeConversation
) -> None:
    click = payload("event_click_ask")

    for body in (click, click, click.replace(b"<CreateTime>17", b"<CreateTime>18")):
        await post(plain, body)

    assert len(conversation.questions) == 2
