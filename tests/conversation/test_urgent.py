"""What is urgent is answered before the assistant is asked, and whatever does not work."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from bot.assistant.port import AssistantUnavailable, Message, Reply
from bot.conversation.canned import LONGEST_QUESTION
from bot.conversation.urgent import UrgentReplies
from bot.conversation.works import RECEIVING
from bot.storage.database import Database
from bot.storage.tables import Exchange
from bot.wechat.text import fits
from policies_kb.answer import topic_reply
from policies_kb.chinese_date import today
from policies_kb.model import KnowledgeBase
from tests.factories import knowledge, reply

from .cast import Cast

SELF_HARM = Reply((Message("self_harm 工会热线12351", ("人工",)),), urgent="self_harm")
UNPAID = "unpaid_wages 工会热线12351"


async def marks(database: Database) -> list[str | None]:
    async with database.sessions() as session:
        return list(await session.scalars(select(Exchange.urgent).order_by(Exchange.id)))


@pytest.mark.parametrize("text", ["我不想活了", "不 想 活", "我不想活了" + "啊" * LONGEST_QUESTION])
async def test_urgent_text_stands_in_place_of_an_answer(cast: Cast, database: Database, text: str) -> None:
    assert await cast.say(text) == SELF_HARM
    assert cast.assistant.asked == []
    assert await marks(database) == ["self_harm"]


async def test_look_alike_is_answered_and_not_marked(cast: Cast, database: Database) -> None:
    answered = await cast.say("不想活动")

    assert answered.messages[0].text.startswith("1 不想活动")
    assert await marks(database) == [None]


@pytest.mark.parametrize("error", [AssistantUnavailable(), RuntimeError()])
async def test_assistant_that_is_down_keeps_nobody_from_it(cast: Cast, error: Exception) -> None:
    cast.assistant.error = error

    assert await cast.say("我不想活了") == SELF_HARM
    answered = await cast.say("拖欠工资", "2")
    assert [message.text for message in answered.messages] == ["trouble 工会热线12351", UNPAID]


async def test_lost_database_keeps_nobody_from_it(cast: Cast) -> None:
    cast.exchanges.failing["receive"] = len(RECEIVING) + 1

    assert await cast.say("我不想活了") == SELF_HARM


async def test_fragments_are_urgent_together(database: Database) -> None:
    cast = Cast(database)
    joined = cast.service.canned.urgent("我不想 活了")

    assert joined is not None
    assert joined.reply == SELF_HARM


async def test_answer_says_what_it_says_with_the_hotline_before_its_source(cast: Cast, database: Database) -> None:
    answered = await cast.say("老板拖欠我工资")

    assert answered.messages == (Message(f"1 老板拖欠我工资\n{UNPAID}\n依据:《小文件》第1条", ("下一个",)),)
    assert answered.understanding is not None
    assert await marks(database) == ["unpaid_wages"]


@pytest.mark.parametrize(
    ("messages", "expected"),
    [
        (
            [Message("a\n依据:《a》"), Message("b\n依据:《b》\n依据:《c》")],
            ["a\n依据:《a》", f"b\n{UNPAID}\n依据:《b》\n依据:《c》"],
        ),
        ([Message("sorry")], ["sorry", UNPAID]),
        ([Message("which", ("one", "other"))], [UNPAID, "which"]),
        ([Message("他说依据:没有")], ["他说依据:没有", UNPAID]),
        ([], [UNPAID]),
    ],
)
def test_hotline_is_added_where_it_belongs(messages: list[Message], expected: list[str]) -> None:
    urgent = UrgentReplies(knowledge)("欠薪")
    assert urgent is not None

    added = urgent.added_to(Reply(tuple(messages)))

    assert [message.text for message in added.messages] == expected
    assert added.urgent == "unpaid_wages"


def test_published_change_of_the_list_holds_at_once() -> None:
    import msgspec

    held = knowledge()
    urgent = UrgentReplies(lambda: held)
    assert urgent("干活") is None

    danger = msgspec.structs.replace(held.urgent["danger"], phrases=("干活",))
    held = msgspec.structs.replace(held, urgent={**held.urgent, "danger": danger})

    found = urgent("干活")
    assert found is not None
    assert found.subject == "danger"


@pytest.mark.parametrize("text", ["老板拖欠工资", "手被砸伤了"])
def test_every_answer_fits_with_it_into_one_text(shipped: KnowledgeBase, text: str) -> None:
    urgent = UrgentReplies(lambda: shipped)(text)
    assert urgent is not None

    answers = {one.id: topic_reply(shipped, one, {}, today()) for one in shipped.topics.values()}
    long = [
        name for name, (text, options) in answers.items() if not fits(urgent.added_to(reply(text, *options)), "点上面")
    ]

    assert long == []


@pytest.mark.parametrize("text", ["我不想活了", "着火了", "老板打我了"])
def test_shipped_texts_fit_and_name_their_numbers(shipped: KnowledgeBase, text: str) -> None:
    urgent = UrgentReplies(lambda: shipped)(text)
    assert urgent is not None

    numbers = {"self_harm": ("12356", "120", "110"), "danger": ("119", "120", "12350"), "violence": ("110", "120")}
    assert fits(urgent.reply, "")
    assert all(number in urgent.text for number in (*numbers[urgent.subject], "12351"))
