"""Practice in the conversation: begun, answered, interrupted, ended, taken up again, kept once, and deleted."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import msgspec
import pytest
from sqlalchemy import select

from bot.assistant.port import Reply
from bot.conversation.chain import Voices
from bot.conversation.ports import Outdated, Said, Waiting
from bot.practice import words
from bot.practice.model import Found, Kept, Practice, Standing, answer_in
from bot.practice.practice import DailyPractice
from bot.practice.selection import of_day
from bot.rooms import practice
from bot.storage.database import Database
from bot.storage.practice_tables import PracticeDay
from bot.storage.practices import PracticeRepository, write_practice
from policies_kb.model import KnowledgeBase
from tests.conversation.cast import Cast
from tests.factories import knowledge, topic, with_topic
from tests.fakes import SetClock

RIGHT = {"prize_gold": "B", "subsidy_insured": "对", "subsidy_deadline": "错"}
WRONG = {"prize_gold": "A", "subsidy_insured": "错", "subsidy_deadline": "对"}


class Player:
    """A worker who says one thing after the other, with the content that is served at the time."""

    def __init__(self, database: Database, clock: SetClock | None = None, sender: str = "worker") -> None:
        self.clock = clock or SetClock()
        self.sender = sender
        self.served: KnowledgeBase = knowledge()
        self.database = database
        self.cast = Cast(
            database, self.clock, voices=practice.voices(database.sessions, lambda: self.served, self.clock)
        )
        self._said = 0

    async def say(self, text: str, channel: str = "wechat") -> Reply:
        self._said += 1
        return await self.cast.say(text, f"{self.sender}-{self._said}", self.sender, channel)

    async def text(self, text: str) -> str:
        told = "\n".join(message.text for message in (await self.say(text)).messages)
        assert not set("{}") & set(told), "a name was not filled in"
        return told

    async def play(self, answers: dict[str, str]) -> str:
        """Begin, and answer all."""
        told = await self.text("每日一练")
        for name in self.questions:
            told = await self.text(answers[name])
        return told

    @property
    def questions(self) -> tuple[str, ...]:
        day = (self.clock() + timedelta(hours=8)).date()
        return of_day(day, RIGHT)

    async def rows(self) -> list[PracticeDay]:
        async with self.database.sessions() as session:
            return list(await session.scalars(select(PracticeDay).order_by(PracticeDay.id)))


@pytest.fixture
def player(database: Database) -> Player:
    return Player(database)


async def test_day_is_played_to_its_end(player: Player) -> None:
    first = await player.text("每日一练。")
    assert first.startswith("每日一练，今天3道题")
    assert "第1题（共3题）" in first

    told = [await player.text(RIGHT[name]) for name in player.questions]

    assert all(text.startswith("答对了") for text in told)
    assert all("依据:《小文件》" in text for text in told)
    assert [f"第{number}题" in text for number, text in enumerate(told, 2)] == [True, True, False]
    assert "答对3道，已经连续练了1天" in told[-1]
    assert "暂时排第1" in told[-1]
    assert player.cast.assistant.asked == []
    assert (await player.text("练兵")).startswith("今天的题您已经答完了，答对3道")


async def test_wrong_answer_is_told_with_the_right_one_and_why(player: Player) -> None:
    told = {}
    await player.text("答题")
    for name in player.questions:
        told[name] = await player.text(WRONG[name])

    assert told["prize_gold"].startswith("答错了，正确的是：B. 10万元。金牌给10万元。\n依据:《小文件》第2条")
    assert told["subsidy_deadline"].startswith("答错了，正确的是：错。取证后1年内申请。")


async def test_question_in_between_is_answered_and_practice_goes_on(player: Player) -> None:
    await player.text("每日一练")
    assert await player.text("年金谁出钱") == "1 年金谁出钱\n依据:《小文件》第1条"

    letter = player.questions[0] == "prize_gold"
    told = await player.text(RIGHT[player.questions[0]])
    assert told.startswith("答对了") is letter
    # Whether the assistant meant the 对 is not known, so it has it; the word that begins takes practice up again.
    assert (player.cast.assistant.asked[-1][1] == RIGHT[player.questions[0]]) is not letter
    assert f"第{2 if letter else 1}题" in await player.text("每日一练")


async def test_answer_that_cannot_be_one_is_said_so_and_counts_for_nothing(player: Player) -> None:
    await player.text("每日一练")
    name = player.questions[0]

    assert (await player.text("错" if name == "prize_gold" else "C")).startswith("这道题请回复")
    assert (await player.text(RIGHT[name])).startswith("答对了")


async def test_practice_ends_when_asked_and_is_taken_up_again(player: Player) -> None:
    await player.text("每日一练")
    await player.text(RIGHT[player.questions[0]])
    assert (await player.text("不练了")).startswith("好，先练到这里")

    await player.text("A")
    assert player.cast.assistant.asked[-1][1] == "A"
    assert (await player.text("每日一练")).startswith("第2题（共3题）")


@pytest.mark.parametrize("text", ["A", "对", "不练了", "正确"])
async def test_worker_who_does_not_practise_is_asked_by_nobody(player: Player, text: str) -> None:
    await player.text(text)

    assert [said for _, said in player.cast.assistant.asked] == [text]
    assert await player.rows() == []


async def test_streak_goes_on_the_next_day_and_begins_anew_after_a_gap(player: Player) -> None:
    streaks = []
    for days in (1, 1, 2, 1):
        streaks.append((await player.play(RIGHT)).partition("连续练了")[2][:2])
        player.clock.passes(days * 86_400)

    assert streaks == ["1天", "2天", "3天", "1天"]


async def test_day_begins_at_midnight_here(player: Player) -> None:
    await player.play(RIGHT)
    player.clock.passes(4 * 3600)

    assert "连续练了2天" in await player.play(RIGHT)


async def test_places_are_by_right_answers_and_shared(database: Database) -> None:
    clock = SetClock()
    players = [Player(database, clock, sender) for sender in "abc"]
    told = [await one.play(answers) for one, answers in zip(players, (RIGHT, WRONG, RIGHT), strict=True)]

    assert [text.partition("暂时排第")[2][:1] for text in told] == ["1", "2", "1"]


async def test_question_of_a_topic_that_ended_is_passed_over(player: Player) -> None:
    await player.text("每日一练")
    ended = topic("subsidy", valid_to=topic("subsidy").valid_from)
    player.served = with_topic(ended)

    left = [name for name in player.questions if name == "prize_gold"]
    told = await player.text("B")

    assert left == ["prize_gold"]
    assert told.startswith("答对了")
    assert "今天的1道题答完了，答对1道" in told


async def test_nothing_is_asked_where_there_is_nothing(player: Player) -> None:
    player.served = msgspec.structs.replace(knowledge(), quiz={})

    assert (await player.text("每日一练")).startswith("今天没有能练的题")


async def test_web_offers_answers_to_tap_and_wechat_does_not(player: Player) -> None:
    assert all(not message.options for message in (await player.say("每日一练")).messages)

    (_, question) = (await player.say("每日一练", "web")).messages
    assert question.options[-1] == "不练了"
    assert set(question.options[:-1]) in ({"A", "B", "C"}, {"对", "错"})


async def test_urgent_words_come_first(player: Player) -> None:
    await player.text("每日一练")

    assert (await player.text("不想活")).startswith("self_harm")


async def test_practice_is_deleted_with_the_worker(player: Player) -> None:
    await player.play(RIGHT)
    await player.cast.exchanges.forget("wechat", "worker", "asked", player.clock())

    assert await player.rows() == []


async def test_row_that_changed_meanwhile_is_not_written_over(database: Database) -> None:
    clock = SetClock()
    day, said = clock().date(), Said("wechat", "worker", "1", "A")
    begun = Practice(day, ("a", "b"))
    steps = [
        partial(write_practice, message=Waiting(1, said), kept=kept, at=clock())
        for kept in (Kept(begun, None), Kept(begun.answered("1"), begun))
    ]
    for step in steps:
        await database.sessions.transact(step)

    for step in steps:
        with pytest.raises(Outdated):
            await database.sessions.transact(step)
    assert (await PracticeRepository(database.sessions).find(said, day)).today == begun.answered("1")


class Counting:
    """Counts how often it is asked."""

    def __init__(self) -> None:
        self.finds = 0

    async def find(self, said: Said, day: object) -> Found:
        self.finds += 1
        return Found()

    async def standing(self, day: object, right: int) -> Standing:
        raise AssertionError("nobody has finished")


async def test_ordinary_message_is_not_looked_up(database: Database) -> None:
    counting, cast = Counting(), Cast(database)
    voice = DailyPractice(counting, knowledge, cast.clock, words.load())
    cast = Cast(database, voices=Voices(others=(voice,)))
    for number, text in enumerate(["技师补贴多少", "1", "好的", "A股怎么样", "对了，年金谁出", "没错"]):
        await cast.say(text, str(number))

    assert counting.finds == 0
    assert len(cast.assistant.asked) == 6


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("a", "A"),
        ("Ｂ", "B"),
        ("选C", "C"),
        ("我选d。", "D"),
        ("B. 10万元", "B"),
        ("答案是A", "A"),
        ("√", "对"),
        ("正确！", "对"),
        ("×", "错"),
        ("不对", "错"),
        ("E", None),
        ("AB", None),
        ("对不起", None),
        ("", None),
    ],
)
def test_answer_is_read(text: str, answer: str | None) -> None:
    assert answer_in(text) == answer
