"""Workers are asked below an answer, once in a conversation, and what they say is kept with what was live."""

from __future__ import annotations

from itertools import count

import pytest
from sqlalchemy import select

from bot.assistant.port import Message, Reply, Understanding
from bot.feedback.model import Filter, Reason
from bot.storage.database import Database
from bot.storage.feedback import FeedbackRepository
from bot.storage.feedback_tables import Feedback
from policies_kb.answer import topic_reply
from tests.conversation.cast import Cast
from tests.conversation.test_late import late
from tests.factories import knowledge
from tests.fakes import FakeAssistant

ASKED = Message("这个答案有用吗？", ("有用", "没用"), numbered=False)
WHY = Message("feedback_why", ("答非所问", "过期", "看不懂", "不完整"), numbered=False)
_keys = count(1)


async def say(cast: Cast, text: str, **where: str) -> tuple[Message, ...]:
    return (await cast.say(text, f"key-{next(_keys)}", **where)).messages


async def rows(database: Database) -> list[Feedback]:
    async with database.sessions() as session:
        return list(await session.scalars(select(Feedback).order_by(Feedback.id)))


class Scripted(FakeAssistant):
    """Says one reply."""

    def __init__(self, reply: Reply) -> None:
        super().__init__()
        self._reply = reply

    async def ask(self, conversation: str, text: str) -> Reply:
        return self._reply


@pytest.mark.parametrize("where", [{}, {"channel": "web", "sender": "a-random-session"}])
async def test_question_comes_below_an_answer_and_keeps_what_was_live(
    cast: Cast, database: Database, where: dict[str, str]
) -> None:
    answer, asked = await say(cast, "年金谁出钱", **where)

    assert answer == Message("1 年金谁出钱\n依据:《小文件》第1条", ("下一个",))
    assert asked == ASKED
    (row,) = await rows(database)
    assert (row.topic, row.topic_version, row.model, row.verdict) == ("annuity", 3, "b9f4", None)
    assert (row.channel, row.sender, row.asked_at) == (
        where.get("channel", "wechat"),
        where.get("sender", "worker"),
        cast.clock(),
    )


async def test_worker_is_asked_once_in_a_conversation(cast: Cast) -> None:
    assert ASKED in await say(cast, "年金谁出钱")
    for _ in range(3):
        cast.clock.passes(29 * 60)
        assert ASKED not in await say(cast, "年金谁出钱")

    cast.clock.passes(30 * 60)
    assert ASKED in await say(cast, "年金谁出钱")
    assert ASKED not in await say(cast, "年金谁出钱")


async def test_other_messages_keep_a_conversation_going(cast: Cast) -> None:
    await say(cast, "年金谁出钱")
    for text in ("隐私", "", "隐私"):
        cast.clock.passes(20 * 60)
        await say(cast, text)

    cast.clock.passes(20 * 60)
    assert ASKED not in await say(cast, "年金谁出钱")


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply((Message("哪一个？", ("甲", "乙")),), Understanding("clarify", None, 0.3)), "补贴"),
        (Reply((Message("不敢乱答。"),), Understanding("oos", "unknown", 0.3)), "食堂饭卡"),
        (Reply((Message("您好"),), Understanding("chat", "greet", 0.9)), "你好"),
        (
            Reply(
                (Message("答\n依据:《小文件》第1条"), Message("您是技师吗？", ("是",))),
                Understanding("ask", "annuity", 1),
            ),
            "年金",
        ),
        (Reply((Message("还差\n依据:《小文件》第1条"),), Understanding("qualify", "annuity", 1)), "我够格吗"),
        (Reply((Message("答\n依据:《小文件》第1条"),), Understanding("ask", "gone", 1)), "旧主题"),
        (Reply((Message("答\n依据:《小文件》第1条"),)), "没有理解"),
        (Reply((Message("答\n依据:《小文件》第1条"),), Understanding("ask", "annuity", 1)), "老板拖欠工资"),
        (Reply((Message("答\n依据:《小文件》第1条"),), Understanding("ask", "annuity", 1)), "我不想活了"),
    ],
)
async def test_question_never_comes_below_anything_else(
    cast: Cast, database: Database, reply: Reply, said: str
) -> None:
    cast.assistant = Scripted(reply)

    assert ASKED not in await say(cast, said)
    assert await rows(database) == []


async def test_topic_of_a_number_is_found_by_its_answer(cast: Cast, database: Database) -> None:
    text, options = topic_reply(knowledge(), knowledge().topics["prize"], {}, cast.clock().date())
    cast.assistant = Scripted(Reply((Message(text, options),), Understanding("choose", None, 1)))

    assert ASKED in await say(cast, "2")
    assert [row.topic for row in await rows(database)] == ["prize"]


async def test_answer_is_whole_where_the_question_does_not_fit(cast: Cast, database: Database) -> None:
    cast.route.most_messages = 1

    assert len(await say(cast, "年金谁出钱")) == 1
    assert await rows(database) == []

    cast.route.most_messages = 9
    assert ASKED in await say(cast, "年金谁出钱")


async def test_what_is_owed_comes_without_its_question_and_the_reply_after_it_too(cast: Cast) -> None:
    await late(cast, "年金谁出钱")
    cast.clock.passes(40 * 60)

    said = await say(cast, "奖金谁出钱")

    assert [message.text[0] for message in said] == ["1", "2"]


async def test_useful_is_kept_and_thanked(cast: Cast, database: Database) -> None:
    await say(cast, "年金谁出钱")
    cast.clock.passes(60)

    assert await say(cast, "有用！") == (Message("feedback_thanks"),)
    (row,) = await rows(database)
    assert (row.verdict, row.reason, row.judged_at) == ("helpful", None, cast.clock())
    assert len(cast.assistant.asked) == 1


async def test_useless_asks_for_the_reason_and_becomes_a_task(cast: Cast, store: FeedbackRepository) -> None:
    await say(cast, "年金谁出钱")

    assert await say(cast, "没用") == (WHY,)
    (task,) = await store.page(Filter(), 0, 10)
    assert (task.topic, task.version, task.model, task.reason) == ("annuity", 3, "b9f4", None)
    assert task.text == "年金谁出钱"
    assert task.reply is not None
    assert task.reply.messages[0].text == "1 年金谁出钱\n依据:《小文件》第1条"

    assert await say(cast, "过期了") == (Message("feedback_noted 工会热线12351"),)
    assert [task.reason for task in await store.page(Filter(), 0, 10)] == [Reason.OUTDATED]
    assert await store.counts() == {("annuity", Reason.OUTDATED): 1}


async def test_last_word_counts(cast: Cast, store: FeedbackRepository, database: Database) -> None:
    for text in ("年金谁出钱", "没用", "看不懂", "不完整", "有用"):
        await say(cast, text)

    assert await store.page(Filter(), 0, 10) == []
    assert [(row.verdict, row.reason) for row in await rows(database)] == [("helpful", None)]


async def test_old_button_still_works_after_other_messages(cast: Cast, store: FeedbackRepository) -> None:
    for text in ("年金谁出钱", "奖金多少", "隐私"):
        await say(cast, text)
        cast.clock.passes(20 * 60)

    assert await say(cast, "没用") == (WHY,)
    (task,) = await store.page(Filter(), 0, 10)
    assert task.text == "年金谁出钱"


@pytest.mark.parametrize(
    "texts", [("没用",), ("有用",), ("过期",), ("年金谁出钱", "有用", "过期"), ("年金谁出钱", "看不懂")]
)
async def test_words_without_a_question_go_to_the_assistant(cast: Cast, texts: tuple[str, ...]) -> None:
    for text in texts:
        said = await say(cast, text)

    assert said[0].text.endswith("依据:《小文件》第1条")
    assert cast.assistant.asked[-1][1] == texts[-1]


async def test_question_of_long_ago_is_over(cast: Cast) -> None:
    await say(cast, "年金谁出钱")
    cast.clock.passes(3 * 86400 + 1)

    assert (await say(cast, "没用"))[0].text.startswith("2 没用")


async def test_another_worker_has_his_own_question(cast: Cast) -> None:
    await say(cast, "年金谁出钱")

    assert ASKED in await say(cast, "年金谁出钱", sender="another")
    assert (await say(cast, "没用", sender="third"))[0].text.startswith("3 没用")


async def test_feedback_goes_with_the_worker_s_data(cast: Cast, database: Database) -> None:
    for text in ("年金谁出钱", "没用", "过期"):
        await say(cast, text)
    await say(cast, "年金谁出钱", sender="another")

    await say(cast, "确认删除我的数据")

    assert [row.sender for row in await rows(database)] == ["another"]


async def test_lost_database_costs_the_word_only(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    async def broken(*_: object) -> None:
        raise OSError

    monkeypatch.setattr(FeedbackRepository, "latest", broken)
    await say(cast, "年金谁出钱")

    assert (await say(cast, "没用"))[0].text.startswith("2 没用")
