"""What holds for the whole service with the trained model, whatever is said."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import date
from pathlib import Path

import msgspec
import pytest
import pytest_asyncio

from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService
from bot.services import Services
from bot.settings import Settings
from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from policies_kb import loader
from policies_kb.model import KnowledgeBase
from tests.factories import knowledge
from tests.fakes import FakeClock

pytestmark = pytest.mark.asyncio(loop_scope="session")
QUESTIONS = ("高级技师能延迟退休吗", "钱从哪出", "你好", "2", "补贴", "今天天气怎么样", "转人工", "各级竞赛奖励一览")


@pytest_asyncio.fixture(loop_scope="session")
async def database(tmp_path: Path) -> AsyncIterator[Database]:
    """SQLite is enough here: the loop of these tests is that of the model."""
    database = Database(f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}")
    await database.migrate()
    yield database
    await database.close()


def embedded(model: Path, database: Database, content: Callable[[], KnowledgeBase], today: date) -> ConversationService:
    from bot.assistant.embedded import EmbeddedAssistant

    memory = TurnMemory(ConversationStateRepository(database.sessions, FakeClock()))
    assistant = EmbeddedAssistant(model, memory, content, lambda: today)
    return ConversationService(assistant, ExchangeRepository(database.sessions), memory, knowledge, FakeClock())


async def test_state_of_a_long_conversation_stays_flat(opened: Services, settings: Settings) -> None:
    database = Database(settings.database_url)
    states = ConversationStateRepository(database.sessions, FakeClock())
    sizes = []

    for number in range(56):
        text = QUESTIONS[number % len(QUESTIONS)]
        await opened.conversation.answer("test", "long", str(number), text)
        sizes.append(len(await states.load("test:long") or b""))
    await database.close()

    assert 0 < max(sizes[-8:]) <= max(sizes[8:16]) * 1.1


async def test_conversation_survives_a_new_assistant(model: Path, database: Database) -> None:
    today = date(2026, 3, 2)
    shipped = loader.load()
    before = embedded(model, database, lambda: shipped, today)
    await before.answer("test", "sender", "1", "世界技能大赛得金牌奖多少")

    after = embedded(model, database, lambda: shipped, today)
    reply = await after.answer("test", "sender", "2", "那银牌呢")

    assert "世界技能大赛银牌：5万元" in reply.messages[0].text


async def test_broken_content_is_no_silence(model: Path, database: Database) -> None:
    def content() -> KnowledgeBase:
        raise OSError("the content is gone")

    service = embedded(model, database, content, date(2026, 3, 2))
    reply = await service.answer("test", "sender", "1", "高级技师能延迟退休吗")

    assert reply.messages[0].text == "trouble 工会热线12351"


async def test_content_that_breaks_within_an_action_is_no_silence(model: Path, database: Database) -> None:
    shipped = loader.load()
    topics = {name: msgspec.structs.replace(topic, answer="{gone}") for name, topic in shipped.topics.items()}
    broken = msgspec.structs.replace(shipped, topics=topics)
    service = embedded(model, database, lambda: broken, date(2026, 3, 2))

    reply = await service.answer("test", "sender", "1", "高级技师能延迟退休吗")

    assert reply.understanding is not None
    assert reply.messages[0].text.startswith("对不起")
    assert "12351" in reply.messages[0].text


async def test_topic_that_expired_is_not_served(model: Path, database: Database) -> None:
    shipped = loader.load()
    service = embedded(model, database, lambda: shipped, date(2017, 11, 29))

    reply = await service.answer("test", "sender", "1", "高级技师能延迟退休吗")

    assert "依据" not in reply.messages[0].text
    assert "有效期" in reply.messages[0].text


async def test_action_server_of_rasa_sdk_registers_the_actions() -> None:
    from rasa_sdk.executor import ActionExecutor

    executor = ActionExecutor()
    executor.register_package("actions")

    assert set(executor.actions) >= {"action_answer_topic", "action_clarify", "action_choose", "action_chat"}
