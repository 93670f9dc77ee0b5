"""The application as it is served, with a fake assistant, a real server and a real database file."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts.audit import COMMAND_LINE
from bot.app import create_app
from bot.assistant.making import AssistantFactory
from bot.assistant.port import Assistant
from bot.services import Services, services
from bot.settings import Settings
from bot.switches.model import ASSISTANT
from policies_kb.model import KnowledgeBase
from tests.factories import settings_in
from tests.fakes import FakeAssistant, RememberingAssistant
from tests.wechat.envelopes import content_of, payload, query

pytestmark = pytest.mark.usefixtures("shipped_at_once")
Client = TestClient[web.Request, web.Application]
SESSION = {"session": "0123456789abcdef"}


def remembering(states: object, knowledge: object) -> Assistant:
    return RememberingAssistant(states)  # type: ignore[arg-type]


@asynccontextmanager
async def serving(
    settings: Settings, make_assistant: AssistantFactory = remembering
) -> AsyncIterator[tuple[Client, Services]]:
    async with (
        services(settings, make_assistant) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        yield client, parts


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return settings_in(tmp_path / "data")


async def tell_wechat(client: Client, message_id: str = "1") -> str:
    body = payload("text").replace(b"24518076431210825", message_id.encode())
    response = await client.post("/wechat", params=query("token"), data=body)
    assert response.status == 200
    return content_of(await response.read())


async def tell_web(client: Client, text: str = "年金") -> list[dict[str, object]]:
    response = await client.post("/api/chat", json={**SESSION, "text": text})
    assert response.status == 200
    return list((await response.json())["messages"])


async def test_wechat_text_is_answered_with_its_source(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        assert await tell_wechat(client) == "message 1\n依据:《小文件》第1条"


async def test_same_message_gets_the_same_reply(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        replies = [await tell_wechat(client, message_id) for message_id in ("1", "1", "2", "1")]

    assert [reply.partition("\n")[0] for reply in replies] == ["message 1", "message 1", "message 2", "message 1"]


async def test_web_is_answered_in_a_conversation_of_its_own(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        await tell_wechat(client)

        assert await tell_web(client) == [{"text": "message 1\n依据:《小文件》第1条", "options": []}]
        assert (await tell_web(client))[0]["text"] == "message 2\n依据:《小文件》第1条"


async def test_conversations_and_replies_survive_a_restart(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        before = await tell_wechat(client)
        await tell_web(client)

    async with serving(settings) as (client, _):
        assert await tell_wechat(client) == before
        assert (await tell_wechat(client, "2")).startswith("message 2")
        assert str((await tell_web(client))[0]["text"]).startswith("message 2")


async def test_worker_who_leaves_is_forgotten(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        await tell_wechat(client)
        await client.post("/wechat", params=query("token"), data=payload("event_unsubscribe"))

        assert (await tell_wechat(client, "2")).startswith("message 1")


async def test_new_follower_is_welcomed_with_shipped_words(settings: Settings, shipped: KnowledgeBase) -> None:
    async with serving(settings) as (client, _):
        response = await client.post("/wechat", params=query("token"), data=payload("event_subscribe"))
        text = content_of(await response.read())

    assert text.startswith(shipped.replies["welcome"].text.partition("\n")[0])


async def test_failing_assistant_is_an_honest_word_on_every_channel(settings: Settings) -> None:
    assistant = FakeAssistant()
    assistant.error = RuntimeError("gone")

    async with serving(settings, lambda states, knowledge: assistant) as (client, parts):
        trouble = parts.conversation.canned("trouble").messages[0].text
        assert await tell_wechat(client) == trouble
        assert (await tell_web(client))[0]["text"] == trouble
        assert (await client.get("/readyz")).status == 503


async def test_page_is_served(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        response = await client.get("/")

        assert response.status == 200
        assert response.content_type == "text/html"


async def test_ready_while_all_parts_are_well(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        response = await client.get("/readyz")

        assert response.status == 200
        assert await response.json() == {"status": "ok", "parts": {"assistant": "ok", "database": "ok", "clock": "ok"}}


@pytest.mark.usefixtures("no_connection_left")
async def test_not_ready_when_the_database_is_gone_and_still_alive(settings: Settings) -> None:
    async with serving(settings) as (client, parts):
        await parts.database.close()
        shutil.rmtree(settings.data_dir)

        response = await client.get("/readyz")

        assert response.status == 503
        assert (await response.json())["parts"] == {"assistant": "ok", "database": "fail", "clock": "ok"}
        assert (await client.get("/healthz")).status == 200
        trouble = parts.conversation.canned("trouble").messages[0].text
        assert await tell_wechat(client) == trouble


async def test_forged_message_is_refused(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        response = await client.post("/wechat", params=query("another token"), data=payload("text"))

        assert response.status == 403


@pytest.mark.notice
async def test_first_reply_on_wechat_brings_the_privacy_notice(settings: Settings) -> None:
    async with serving(settings) as (client, _):
        first, second = [await tell_wechat(client, number) for number in "12"]

    assert first.startswith("您发来的话会存一段时间")
    assert first.endswith("依据:《小文件》第1条")
    assert second == "message 2\n依据:《小文件》第1条"


async def test_switch_stops_every_channel_and_leaves_the_hotline(settings: Settings) -> None:
    async with serving(settings) as (client, parts):
        await parts.switches.change(COMMAND_LINE, ASSISTANT, stopped=True, notice="核对中", reason="x")
        (told,) = await tell_web(client)
        assert await tell_wechat(client) == told["text"]
        (urgent,) = await tell_web(client, "我不想活了")

    assert "核对中" in str(told["text"])
    assert "12351" in str(told["text"])
    assert "12356" in str(urgent["text"])
