"""A publication on its way to WeChat: two services over one database, and no training in between."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import date, timedelta
from pathlib import Path

import msgspec
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts.audit import Actor
from bot.app import create_app
from bot.assistant.making import Knowledge
from bot.assistant.port import Assistant, Message, Reply
from bot.content.drafts import Drafts
from bot.content.publishing import Publishing
from bot.services import Services, services
from bot.storage.content import ContentRepository
from policies_kb.answer import expired_reply, worker_answer
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.parts import topic_part
from tests.accounts.cast import SetClock
from tests.factories import settings_in
from tests.fakes import FakeAssistant
from tests.wechat.envelopes import content_of, payload, query

pytestmark = pytest.mark.usefixtures("shipped_at_once")
Client = TestClient[web.Request, web.Application]
EDITOR, REVIEWER, ADMIN = Actor(1, "editor"), Actor(2, "reviewer"), Actor(3, "admin")
PART = topic_part("skill_upgrade_subsidy")


class Answering(FakeAssistant):
    """Whatever is asked, answers one topic as the actions do."""

    def __init__(self, knowledge: Knowledge, clock: SetClock) -> None:
        super().__init__()
        self._knowledge = knowledge
        self._clock = clock

    async def ask(self, conversation: str, text: str) -> Reply:
        knowledge, today = self._knowledge(), self._clock().date()
        topic = knowledge.topics[PART.key]
        if topic.in_force(today):
            return Reply((Message(worker_answer(knowledge, topic, {})),))
        return Reply((Message(*expired_reply(knowledge, topic, today)),))


@asynccontextmanager
async def process(folder: Path, clock: SetClock) -> AsyncIterator[tuple[Client, Services]]:
    """One of several processes that share a database."""

    def make(states: object, knowledge: Knowledge) -> Assistant:
        return Answering(knowledge, clock)

    settings = settings_in(folder)
    async with (
        services(settings, make, now=clock) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        yield client, parts


@pytest.fixture
async def processes(tmp_path: Path) -> AsyncIterator[list[tuple[Client, Services]]]:
    async with AsyncExitStack() as stack:
        yield [await stack.enter_async_context(process(tmp_path, SetClock())) for _ in range(2)]


async def tell(client: Client, message_id: str) -> str:
    body = payload("text").replace(b"24518076431210825", message_id.encode())
    response = await client.post("/wechat", params=query("token"), data=body)
    return content_of(await response.read())


def publishing(parts: Services) -> tuple[Drafts, Publishing]:
    store, clock = ContentRepository(parts.database.sessions), SetClock()
    drafts = Drafts(store, clock)
    return drafts, Publishing(store, drafts, clock, parts.knowledge.refresh)


async def publish(parts: Services, topic: Topic) -> int:
    drafts, publish = publishing(parts)
    seen = (await drafts.versions(PART))[0].number
    version = await drafts.save(EDITOR, PART, seen, topic, "改金额")
    await drafts.submit(EDITOR, PART, version.number, "")
    await publish.publish(REVIEWER, PART, version.number, None, "")
    return version.number


async def test_new_answer_reaches_wechat_on_every_process_and_the_old_one_comes_back(
    processes: list[tuple[Client, Services]], shipped: KnowledgeBase
) -> None:
    (_, parts), (there, others) = processes
    old = worker_answer(shipped, shipped.topics[PART.key], {})
    assert [await tell(client, f"{number}") for number, (client, _) in enumerate(processes)] == [old, old]

    number = await publish(parts, msgspec.structs.replace(shipped.topics[PART.key], answer="新的答案，请打{contact}。"))
    await others.knowledge.refresh()
    new = [await tell(client, f"1{number}") for number, (client, _) in enumerate(processes)]
    await publishing(parts)[1].roll_back(ADMIN, PART, 1, number, "退回")
    await others.knowledge.refresh()

    assert all(text.startswith("新的答案，请打人社服务热线12333。") for text in new)
    assert [await tell(client, f"2{number}") for number, (client, _) in enumerate(processes)] == [old, old]
    assert await tell(there, "10") == new[0], "what was sent then is what a repeat of that message gets"


async def test_expired_topic_is_not_served_and_its_successor_is_named(
    processes: list[tuple[Client, Services]], shipped: KnowledgeBase
) -> None:
    (here, parts), _ = processes
    yesterday = SetClock().now.date() - timedelta(days=1)
    expired = msgspec.structs.replace(
        shipped.topics[PART.key], valid_from=date(2017, 11, 30), valid_to=yesterday, successor="promotion_subsidies"
    )

    await publish(parts, expired)

    text = await tell(here, "1")
    assert shipped.topics["promotion_subsidies"].title in text
    assert "依据" not in text
