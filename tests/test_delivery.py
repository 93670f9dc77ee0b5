"""The whole application over one database, with WeChat on both sides: late answers, repeats, two processes, drains."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.conversation.ports import Said
from bot.conversation.service import Times
from bot.privacy.pseudonym import Pseudonyms
from bot.services import Services, services
from bot.settings import Settings
from tests.factories import PRIVACY_KEY, settings_in
from tests.fakes import FakeAssistant
from tests.servers.postgresql import PostgreSQL
from tests.wechat.envelopes import content_of, payload, query
from tests.wechat.fake_api import FakeAPI

pytestmark = pytest.mark.usefixtures("shipped_at_once")
WORKER = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
BUDGET = 1.5
"""Long enough for a busy machine to answer what nothing holds up."""


class Process:
    """The application as one process serves it, its assistant, and WeChat in front of it."""

    def __init__(self, client: TestClient[web.Request, web.Application], parts: Services) -> None:
        self.client, self.parts = client, parts
        self.assistant = parts.assistant
        assert isinstance(self.assistant, FakeAssistant)
        self.gate, self.reached = self.assistant.open, self.assistant.reached
        self.asked = self.assistant.asked

    async def deliver(self, message_id: str = "1", text: str = "") -> str:
        """What WeChat gets for a delivery: the passive text, or what else was said."""
        body = payload("text").replace(b"24518076431210825", message_id.encode())
        if text:
            body = body.replace("高级技师能延迟退休吗".encode(), text.encode())
        response = await self.client.post("/wechat", params=query("token"), data=body)
        assert response.status == 200
        answer = await response.read()
        return content_of(answer) if answer.startswith(b"<xml>") else answer.decode()


@asynccontextmanager
async def serving(settings: Settings) -> AsyncIterator[Process]:
    times = Times(burst_wait=0, poll=0.01)
    async with (
        services(settings, lambda memory, knowledge: FakeAssistant(), times) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        yield Process(client, parts)


@pytest.fixture
async def api() -> FakeAPI:
    return FakeAPI()


@pytest.fixture
async def verified(tmp_path: Path, database_url: str, api: FakeAPI) -> AsyncIterator[Settings]:
    """Settings of a verified account whose API is a local one."""
    async with TestServer(api.app()) as server:
        settings = settings_in(
            tmp_path,
            DATABASE_URL=database_url,
            WECHAT_ACCOUNT="verified",
            WECHAT_APP_ID="wx1",
            WECHAT_APP_SECRET="app-secret",
            WECHAT_API_BASE=str(server.make_url("/")),
        )
        yield replace(settings, wechat_reply_seconds=BUDGET)


@pytest.fixture
def unverified(tmp_path: Path, database_url: str) -> Settings:
    return replace(settings_in(tmp_path, DATABASE_URL=database_url), wechat_reply_seconds=BUDGET)


@asynccontextmanager
async def two(settings: Settings) -> AsyncIterator[tuple[Process, Process]]:
    async with AsyncExitStack() as stack:
        yield await stack.enter_async_context(serving(settings)), await stack.enter_async_context(serving(settings))


async def test_late_answer_of_a_verified_account_is_a_message_of_its_own(verified: Settings, api: FakeAPI) -> None:
    async with serving(verified) as process:
        process.gate.clear()
        assert await process.deliver() == "success"
        process.gate.set()
        await called(api)

    assert api.typing == [WORKER]
    assert [text.partition("\n")[0] for text in api.delivered[WORKER]] == ["1 高级技师能延迟退休吗"]


async def test_answer_that_wechat_parks_comes_first_with_the_next_reply(verified: Settings, api: FakeAPI) -> None:
    api.send_errors = [45015]
    async with serving(verified) as process:
        process.gate.clear()
        await process.deliver()
        process.gate.set()
        await called(api)
        await process.parts.conversation.drain(0)
        assert process.parts.sender is not None
        reply = await until_given(process)

    assert reply.index("1 高级技师能延迟退休吗") < reply.index("谁出钱")
    assert api.delivered == {}


async def called(api: FakeAPI) -> None:
    """Return when a message was sent."""
    await asyncio.wait_for(api.reached.wait(), 30)


async def until_given(process: Process) -> str:
    """The reply to the next message, once the sender has recorded what WeChat said to it."""
    for number in range(2, 99):
        reply = await process.deliver(str(number), "谁出钱")
        if "高级技师" in reply:
            return reply
    raise AssertionError("the parked answer was not given")


async def test_readiness_tells_of_the_fall_back_and_stays(verified: Settings, api: FakeAPI) -> None:
    async with serving(verified) as process:
        assert (await (await process.client.get("/readyz")).json())["parts"]["customer_service"] == "ok"
        await process.parts.account.fall_back(48001)
        response = await process.client.get("/readyz")

        assert response.status == 200
        assert (await response.json())["parts"]["customer_service"] == "fail"


async def test_repeats_on_two_processes_wait_for_one_work(unverified: Settings) -> None:
    patient = replace(unverified, wechat_reply_seconds=30)
    async with two(patient) as (one, another):
        one.gate.clear()
        deliveries = [asyncio.create_task(process.deliver()) for process in (one, another, one)]
        await asyncio.wait(
            [asyncio.create_task(process.reached.wait()) for process in (one, another)],
            return_when=asyncio.FIRST_COMPLETED,
        )
        another.gate.set()
        one.gate.set()
        texts = await asyncio.gather(*deliveries)

    assert len(set(texts)) == 1
    assert texts[0].startswith("1 高级技师能延迟退休吗")
    assert len(one.asked) + len(another.asked) == 1


async def test_third_delivery_of_an_unverified_account_offers_the_answer_to_fetch(unverified: Settings) -> None:
    async with two(unverified) as (one, another):
        one.gate.clear()
        another.gate.clear()
        receipts = [await process.parts.conversation.receive(said("1")) for process in (one, another)]
        offer = await another.deliver()
        for process in (one, another):
            process.gate.set()
        fetched = await one.deliver("2", "查看答案")

    assert [receipt.number for receipt in receipts] == [1, 2]
    assert "msgmenucontent=查看答案" in offer
    assert fetched.startswith("1 高级技师能延迟退休吗")
    assert len(one.asked) + len(another.asked) == 1


def said(key: str) -> Said:
    return Said("wechat", Pseudonyms(PRIVACY_KEY.encode())("wechat", WORKER), key, "高级技师能延迟退休吗")


async def test_process_that_stops_ends_what_is_under_way(verified: Settings, api: FakeAPI) -> None:
    async with serving(verified) as process:
        process.gate.clear()
        assert await process.deliver() == "success"
        asyncio.get_running_loop().call_soon(process.gate.set)

    async with serving(replace(verified, wechat_reply_seconds=4.5)) as process:
        process.gate.clear()
        await called(api)
        reply = await process.deliver()

    assert reply == "success"
    assert process.asked == []
    assert len(api.delivered[WORKER]) == 1


async def test_lost_database_is_an_honest_word(unverified: Settings) -> None:
    async with serving(unverified) as process:

        async def lost(*arguments: object) -> object:
            raise ConnectionError("gone")

        process.parts.conversation._works._exchanges.receive = lost  # type: ignore[method-assign,assignment]
        trouble = process.parts.conversation.canned("trouble").messages[0].text

        assert await process.deliver() == trouble


async def test_restarted_postgresql_is_an_honest_word_and_then_forgotten(
    tmp_path: Path, postgresql_server: PostgreSQL
) -> None:
    settings = settings_in(tmp_path, DATABASE_URL=postgresql_server.new_database())
    async with serving(settings) as process:
        before = await process.deliver()
        await asyncio.to_thread(postgresql_server.stop)
        during = await process.deliver("2")
        ready = (await process.client.get("/readyz")).status
        await asyncio.to_thread(postgresql_server.start)
        after = [await process.deliver(message_id) for message_id in ("1", "3")]
        trouble = process.parts.conversation.canned("trouble").messages[0].text

    assert (during, ready) == (trouble, 503)
    assert before == after[0]
    assert after[1].partition("\n")[0].endswith("高级技师能延迟退休吗")
