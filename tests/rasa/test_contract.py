"""What every assistant does, embedded in the process or behind a Rasa server and an action server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator
from datetime import datetime, timezone
from pathlib import Path

import aiohttp
import pytest

from bot.assistant import training
from bot.assistant.port import Assistant
from bot.assistant.remote import RemoteAssistant
from policies_kb.model import KnowledgeBase
from tests.fakes import FakeStates
from tests.servers import rasa

pytestmark = pytest.mark.asyncio(loop_scope="module")
QUESTION = "高级技师能延迟退休吗"


@pytest.fixture(scope="module")
def rasa_url(model: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    with rasa.running(model, tmp_path_factory.mktemp("rasa-server")) as url:
        yield url


@pytest.fixture(scope="module", params=["embedded", "remote"])
async def assistant(request: pytest.FixtureRequest, model: Path, shipped: KnowledgeBase) -> AsyncIterator[Assistant]:
    if request.param == "embedded":
        from bot.assistant.embedded import EmbeddedAssistant

        yield EmbeddedAssistant(model, FakeStates(), lambda: shipped)
        return
    url = request.getfixturevalue("rasa_url")
    async with aiohttp.ClientSession() as http:
        minutes = training.session_minutes()
        yield RemoteAssistant(
            http, url, rasa.TOKEN, FakeStates(), lambda: shipped, minutes, lambda: datetime.now(timezone.utc)
        )


async def test_answer_has_its_source_and_understanding(assistant: Assistant) -> None:
    reply = await assistant.ask("web:one", QUESTION)

    assert reply.messages[-1].text.endswith("依据:《新时期产业工人队伍建设改革的实施意见》第12条")
    assert reply.understanding is not None
    assert (reply.understanding.intent, reply.understanding.label) == ("ask", "delayed_retirement")
    assert 0 < reply.understanding.confidence <= 1
    assert reply.understanding.ranking[0][0] == "ask/delayed_retirement"


async def test_follow_up_is_understood_from_the_question_before(assistant: Assistant) -> None:
    first = await assistant.ask("web:two", "全国技能大赛第一名奖多少钱")
    follow_up = await assistant.ask("web:two", "第二名呢")
    alone = await assistant.ask("web:three", "第二名呢")

    assert first.understanding is not None
    assert follow_up.understanding is not None
    assert alone.understanding is not None
    assert follow_up.understanding.intent == "ask"
    assert follow_up.messages != alone.messages


async def test_tapped_choice_is_taken_outright(assistant: Assistant, shipped: KnowledgeBase) -> None:
    reply = await assistant.ask("web:four", shipped.topics["delayed_retirement"].question)

    assert reply.understanding is not None
    assert (reply.understanding.label, reply.understanding.confidence) == ("delayed_retirement", 1)
    assert "依据:" in reply.messages[-1].text


async def test_inquiry_asks_and_concludes(assistant: Assistant, shipped: KnowledgeBase) -> None:
    await assistant.ask("web:five", "我符合技能提升补贴的条件吗")
    asked = await assistant.ask("web:five", shipped.replies["eligibility_offer"].text)
    stopped = await assistant.ask("web:five", "算了，不查了")

    assert shipped.slots["insured_time"].question in asked.messages[-1].text
    assert stopped.messages[0].text == shipped.replies["eligibility_stopped"].text


async def test_command_of_rasa_is_a_text_like_any_other(assistant: Assistant) -> None:
    reply = await assistant.ask("web:six", "/restart")

    assert reply.messages[0].text
    assert reply.understanding is not None


async def test_conversations_do_not_mix(assistant: Assistant) -> None:
    names = [f"web:side{number}" for number in range(5)]
    replies = await asyncio.gather(*(assistant.ask(name, QUESTION) for name in names))

    assert len({reply.messages for reply in replies}) == 1


async def test_ping_is_well(assistant: Assistant) -> None:
    await assistant.ping()
