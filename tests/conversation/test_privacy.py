"""A worker is told what is kept, once, and can have all of it deleted in the chat."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import func, select

from bot.assistant.port import Message
from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.privacy import PrivacyRepository
from bot.storage.tables import Base
from bot.wechat.text import fits
from policies_kb.answer import topic_reply
from policies_kb.chinese_date import today
from policies_kb.model import KnowledgeBase
from tests.factories import knowledge, reply
from tests.fakes import FakeStates, SetClock

from .cast import Cast

CHOICES = ("确认删除我的数据", "不删我的数据")


async def kept(database: Database, of: str) -> int:
    """How many rows of the worker there are in all tables."""
    count = 0
    async with database.sessions() as session:
        for table in Base.metadata.tables.values():
            for name in {"sender", "conversation"} & set(table.c.keys()):
                found = select(func.count()).select_from(table).where(table.c[name].like(f"%{of}"))
                count += await session.scalar(found) or 0
    return count


@pytest.fixture
def noticing(cast: Cast, database: Database) -> ConversationService:
    """The service as it is put together, with notices."""
    return ConversationService(
        cast.assistant,
        ExchangeRepository(database.sessions),
        TurnMemory(FakeStates()),
        knowledge,
        cast.clock,
        notices=PrivacyRepository(database.sessions),
    )


@pytest.mark.parametrize("text", ["删除我的数据", " 删除我的数据。", "清除我的数据！"])
async def test_deletion_is_confirmed_first(cast: Cast, database: Database, text: str) -> None:
    answered = await cast.say(text)

    assert answered.messages == (Message("forget_confirm", CHOICES),)
    assert cast.assistant.asked == []
    assert await kept(database, "worker") == 2


async def test_confirmed_deletion_leaves_nothing_and_says_how_much_it_was(cast: Cast, database: Database) -> None:
    await cast.say("年金", "1")
    await cast.say("年金", "1", sender="another")
    await cast.say("删除我的数据", "2")

    answered = await cast.say("确认删除我的数据", "3")

    assert re.fullmatch(r"forgotten 3 0 1 [0-9A-F]{8}", answered.messages[0].text)
    assert await kept(database, "worker") == 0
    assert await kept(database, "another") == 2


async def test_repeat_of_the_confirmation_finds_nothing_more(cast: Cast, database: Database) -> None:
    await cast.say("确认删除我的数据", "1")

    again = await cast.say("确认删除我的数据", "1")

    assert again.messages[0].text.startswith("forgotten 1 0 1 ")
    assert await kept(database, "worker") == 0


async def test_worker_may_think_again(cast: Cast, database: Database) -> None:
    await cast.say("年金", "1")

    assert (await cast.say("不删我的数据", "2")).messages == (Message("forget_kept"),)
    assert await kept(database, "worker") == 3


async def test_words_within_a_question_delete_nothing(cast: Cast) -> None:
    assert (await cast.say("怎么删除我的数据库")).messages[0].text.startswith("1 ")


async def test_privacy_is_told_when_asked_for(cast: Cast) -> None:
    assert (await cast.say("隐私")).messages == (Message("privacy 180", ("删除我的数据",)),)


async def test_notice_comes_once_and_before_the_answer(noticing: ConversationService) -> None:
    first = await noticing.answer("wechat", "worker", "1", "年金")
    second = await noticing.answer("wechat", "worker", "2", "年金")

    assert [message.text.split()[0] for message in first.messages] == ["privacy_notice", "1"]
    assert first.messages[-1].text.endswith("依据:《小文件》第1条")
    assert len(second.messages) == 1


async def test_notice_waits_where_words_are_urgent(noticing: ConversationService) -> None:
    assert len((await noticing.answer("wechat", "worker", "1", "我不想活了")).messages) == 1
    assert len((await noticing.answer("wechat", "worker", "2", "年金")).messages) == 2


async def test_page_shows_the_notice_itself(noticing: ConversationService) -> None:
    assert len((await noticing.answer("web", "session-1234", "1", "年金")).messages) == 1


async def test_lost_database_costs_the_notice_only(cast: Cast, database: Database) -> None:
    class Broken(PrivacyRepository):
        async def first(self, conversation: str, now: object) -> bool:
            raise OSError

    exchanges, notices = ExchangeRepository(database.sessions), Broken(database.sessions)
    memory = TurnMemory(FakeStates())
    service = ConversationService(cast.assistant, exchanges, memory, knowledge, SetClock(), notices=notices)

    assert len((await service.answer("wechat", "worker", "1", "年金")).messages) == 1


def test_first_answer_fits_with_the_notice_and_the_hotline(shipped: KnowledgeBase) -> None:
    from bot.conversation.privacy import PrivacyReplies
    from bot.conversation.urgent import UrgentReplies

    urgent, privacy = UrgentReplies(lambda: shipped)("老板拖欠工资"), PrivacyReplies(lambda: shipped)
    assert urgent is not None

    for topic in shipped.topics.values():
        text, options = topic_reply(shipped, topic, {}, today())
        whole = reply(text, *options)
        assert fits(privacy.with_notice(whole), "点上面的字，或者回复序号都行。"), topic.id
        assert fits(urgent.added_to(whole), "点上面的字，或者回复序号都行。"), topic.id
