"""A counted corpus of hostile requests: none is a server error, none is answered with what it should not know."""

from __future__ import annotations

from typing import TypeAlias

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient

from . import hostile
from .envelopes import AES_KEY, TOKEN, payload, query
from .fakes import FakeConversation
from .hostile import SECRET, Hostile

Client: TypeAlias = TestClient[web.Request, web.Application]
PLAIN, SAFE = list(hostile.plain()), list(hostile.safe())
_TELLS = ("Traceback", "Error", ".py", "root:", "PATH=", TOKEN, AES_KEY)


def test_corpus_is_large_and_each_has_a_name_of_its_own() -> None:
    names = [("plain", one.name) for one in PLAIN] + [("safe", one.name) for one in SAFE]

    assert len(names) == len(set(names)) >= 400


async def meet(client: Client, one: Hostile, conversation: FakeConversation) -> None:
    with structlog.testing.capture_logs() as logs:
        response = await client.post("/wechat", params=one.query, data=one.body, headers=one.headers)
        said = (await response.read()).decode()
    if one.answer:
        assert response.status == 200
    else:
        assert 400 <= response.status < 500
        assert conversation.questions == []
        assert SECRET not in said
    told = f"{said} {logs}"
    assert not [word for word in _TELLS if word in told]
    assert len(said) < 5000
    assert SECRET not in str(logs)


@pytest.mark.parametrize("one", PLAIN, ids=lambda one: one.name)
async def test_plaintext_mode_stands(one: Hostile, plain: Client, conversation: FakeConversation) -> None:
    await meet(plain, one, conversation)


@pytest.mark.parametrize("one", SAFE, ids=lambda one: one.name)
async def test_safe_mode_stands(one: Hostile, safe: Client, conversation: FakeConversation) -> None:
    await meet(safe, one, conversation)


@pytest.mark.parametrize("times", [2, 20])
async def test_replayed_message_is_one_question(times: int, plain: Client, conversation: FakeConversation) -> None:
    answers = {await (await plain.post("/wechat", params=query(), data=payload("text"))).read() for _ in range(times)}

    assert (len(answers), len(conversation.questions)) == (1, 1)
