"""The assistant behind a Rasa server, which a small local server stands in for."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import date

import aiohttp
import pytest
from aiohttp.test_utils import TestServer

from bot.assistant import remote
from bot.assistant.port import AssistantUnavailable, Message, Reply, Understanding
from bot.assistant.remote import RemoteAssistant
from tests.assistant.fake_rasa import FakeRasa
from tests.factories import knowledge
from tests.fakes import FakeStates, SetClock

WORKER = "wechat:openid"


class Talk:
    """An assistant and the server that it asks."""

    def __init__(self, rasa: FakeRasa, assistant: RemoteAssistant, clock: SetClock, states: FakeStates) -> None:
        self.rasa, self.assistant, self.clock, self.states = rasa, assistant, clock, states

    async def ask(self, text: str = "年金谁出钱") -> Reply:
        return await self.assistant.ask(WORKER, text)


@pytest.fixture
async def talk() -> AsyncIterator[Talk]:
    rasa, clock, states = FakeRasa(), SetClock(), FakeStates()
    async with TestServer(rasa.app()) as server, aiohttp.ClientSession() as http:
        url = str(server.make_url("")).rstrip("/")
        assistant = RemoteAssistant(http, url, "secret", states, knowledge, 30, clock, lambda: date(2026, 3, 2))
        yield Talk(rasa, assistant, clock, states)


async def test_reply_has_messages_choices_and_understanding(talk: Talk) -> None:
    assert await talk.ask() == Reply((Message("答复", ("甲",)),), Understanding("ask", "annuity", 0.9))
    assert talk.rasa.tokens == ["secret"]


async def test_rasa_is_told_the_day_and_no_openid(talk: Talk) -> None:
    await talk.ask()

    (asked,) = talk.rasa.received
    assert asked["metadata"] == {"today": "2026-03-02"}
    assert len(asked["sender"]) == 32
    assert "openid" not in str(asked)


async def test_next_message_carries_what_was_answered_before(talk: Talk) -> None:
    await talk.ask()
    await talk.ask("那我呢")
    await talk.assistant.ask("web:another", "那我呢")

    context = {"topic": "annuity", "text": "年金谁出钱", "family": ["prize", "closed"], "rule": []}
    assert [asked["metadata"].get("context") for asked in talk.rasa.received] == [None, context, None]


async def test_context_ends_with_the_session(talk: Talk) -> None:
    await talk.ask()
    talk.clock.passes(30 * 60 + 1)
    await talk.ask("那我呢")

    assert "context" not in talk.rasa.received[1]["metadata"]


async def test_state_of_the_embedded_assistant_is_understood(talk: Talk) -> None:
    at = talk.clock().timestamp()
    state = (
        f'[{{"event":"slot","timestamp":{at},"name":"topic","value":"annuity"}},{{"event":"user","timestamp":{at}}}]'
    )
    talk.states.kept[WORKER] = state.encode()

    await talk.ask("那我呢")

    assert talk.rasa.received[0]["metadata"]["context"]["topic"] == "annuity"


async def test_choice_and_command_signs_go_as_they_do_to_the_embedded_one(talk: Talk) -> None:
    for text in (knowledge().topics["annuity"].question, "/restart"):
        await talk.ask(text)

    assert [asked["message"] for asked in talk.rasa.received] == ['/ask{"topic": "annuity"}', "restart"]


@pytest.mark.parametrize("uttered", [[], {}, None, "text", [1], [{"buttons": [{}]}]])
async def test_what_is_no_answer_is_unavailable(talk: Talk, uttered: object) -> None:
    talk.rasa.uttered = uttered

    with pytest.raises(AssistantUnavailable):
        await talk.ask()
    assert talk.states.kept == {}


@pytest.mark.parametrize("status", [401, 409, 500])
async def test_refusal_is_unavailable(talk: Talk, status: int) -> None:
    talk.rasa.status |= {"webhook": status, "status": status}

    with pytest.raises(AssistantUnavailable):
        await talk.ask()
    with pytest.raises(AssistantUnavailable):
        await talk.assistant.ping()


async def test_hanging_server_is_unavailable(talk: Talk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "ANSWER_SECONDS", 0.05)
    talk.rasa.open.clear()

    with pytest.raises(AssistantUnavailable):
        await talk.ask()
    talk.rasa.open.set()
    await asyncio.sleep(0)


async def test_server_that_is_gone_is_unavailable() -> None:
    async with aiohttp.ClientSession() as http:
        url = "http://127.0.0.1:1"
        assistant = RemoteAssistant(http, url, "", FakeStates(), knowledge, 30, SetClock())

        with pytest.raises(AssistantUnavailable):
            await assistant.ask(WORKER, "年金")
        with pytest.raises(AssistantUnavailable):
            await assistant.ping()


async def test_answer_is_given_though_the_tracker_cannot_be_had(talk: Talk) -> None:
    await talk.ask()
    talk.rasa.status["tracker"] = 500
    reply = await talk.ask("那我呢")
    await talk.ask("还有呢")

    assert reply == Reply((Message("答复", ("甲",)),), None)
    assert "context" not in talk.rasa.received[2]["metadata"]


async def test_ping_is_well_while_a_model_is_loaded(talk: Talk) -> None:
    await talk.assistant.ping()
