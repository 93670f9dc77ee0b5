"""What is gathered of recorded messages, masked, once, in order, and gone with its worker."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.accounts.audit import Actor, Entry
from bot.assistant.port import Message, Reply, Understanding
from bot.feedback.model import Asked, Judged, Verdict
from bot.hotline.model import Reason
from bot.hotline.ports import Begun
from bot.storage.clusters import ClusterRepository
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.privacy import PrivacyRepository
from bot.storage.unanswered_tables import UnansweredCluster, UnansweredQuestion
from bot.unanswered.features import Featuring
from bot.unanswered.mining import Mining
from bot.unanswered.model import Change, Decision, Kind, Outcome, State
from tests.fakes import SetClock
from tests.feedback.given import exchange, useless

NONE = Reply((Message("不敢乱答。"),), Understanding("oos", "far", 0.9))
MENU = Reply((Message("哪一个？", ("企业年金", "都不是")),), Understanding("clarify", None, 0.4))
ANSWER = Reply((Message("企业出钱。\n依据:《小文件》第1条"),), Understanding("ask", "annuity", 1))
PERSON = Reply((Message("请打热线"),), Understanding("handoff", None, 0.9))
OPEN = (State.OPEN,)


async def rows(database: Database) -> list[UnansweredQuestion]:
    async with database.sessions() as session:
        return list(await session.scalars(select(UnansweredQuestion).order_by(UnansweredQuestion.exchange_id)))


async def test_thirty_days_rank_above_five_in_one_day(
    database: Database,
    mining: Mining,
    clusters: ClusterRepository,
    clock: SetClock,
    paraphrases: dict[str, list[str]],
) -> None:
    for day, text in enumerate(paraphrases["meal_card"]):
        clock.passes(86400)
        await exchange(database, clock(), text, f"worker-{day}", NONE)
        if day % 10 == 0:
            await mining.mine()
    for minute, text in enumerate(paraphrases["shuttle"]):
        clock.passes(60)
        await exchange(database, clock(), text, f"other-{minute}", NONE)
    await mining.mine()

    first, second = await clusters.page(OPEN, 0, 10)
    assert (first.days, first.workers, first.questions, first.kinds) == (30, 30, 30, {Kind.FALLBACK: 30})
    assert (second.days, second.workers, second.questions) == (1, 5, 5)
    assert set(second.texts) <= set(paraphrases["shuttle"])
    assert {one.text for one in await clusters.members(first.number, 0, 50)} == set(paraphrases["meal_card"])


async def test_of_as_many_days_more_workers_come_first(
    database: Database, mining: Mining, clusters: ClusterRepository, clock: SetClock
) -> None:
    for _ in range(4):
        await exchange(database, clock(), "班车几点", "one", NONE)
    for sender in ("two", "three"):
        await exchange(database, clock(), "饭卡丢了", sender, NONE)
    await mining.mine()

    assert [one.texts[0] for one in await clusters.page(OPEN, 0, 10)] == ["饭卡丢了", "班车几点"]


@pytest.mark.parametrize(
    ("replies", "kinds"),
    [
        ((NONE,), {1: Kind.FALLBACK}),
        ((Reply(NONE.messages, Understanding("oos", "pension", 1)),), {1: Kind.REFERRED}),
        ((Reply((), Understanding("oos", "unknown", 1)), NONE), {2: Kind.FALLBACK}),
        ((ANSWER, PERSON), {1: Kind.HANDOVER}),
        ((NONE, PERSON), {1: Kind.FALLBACK}),
        ((PERSON,), {}),
        ((Reply((Message("您好"),), Understanding("chat", "greet", 1)), PERSON), {}),
        ((ANSWER,), {}),
        ((Reply((Message("您好"),), Understanding("chat", "greet", 1)),), {}),
    ],
)
async def test_what_counts_as_not_answered(
    database: Database, mining: Mining, clock: SetClock, replies: tuple[Reply, ...], kinds: dict[int, Kind]
) -> None:
    for number, reply in enumerate(replies, 1):
        await exchange(database, clock(), f"饭卡{number}", "worker", reply)
    await mining.mine()

    assert {row.exchange_id: Kind(row.kind) for row in await rows(database)} == kinds


async def test_handover_to_the_desk_counts_with_what_was_asked_before_it(
    database: Database, mining: Mining, clock: SetClock
) -> None:
    await exchange(database, clock(), "年金谁出钱", "worker", ANSWER)
    clock.passes(60)
    begun = Begun(Reason.ASKED, "", clock() + timedelta(hours=1))
    await exchange(database, clock(), "人工", "worker", Reply((Message("有人来"),)), (begun,))
    await exchange(database, clock(), "人工", "silent", Reply((Message("有人来"),)), (begun,))
    await mining.mine()
    await mining.mine()

    assert [(row.kind, row.text) for row in await rows(database)] == [("handover", "年金谁出钱")]


async def test_person_wanted_after_something_urgent_is_no_gap_in_what_is_answered(
    database: Database, mining: Mining, clock: SetClock
) -> None:
    owed = Reply(ANSWER.messages, ANSWER.understanding, urgent="unpaid_wages")
    await exchange(database, clock(), "厂里欠我仨月工钱", "worker", owed)
    clock.passes(60)
    await exchange(database, clock(), "人工", "worker", PERSON)
    await mining.mine()

    assert await rows(database) == []


@pytest.mark.parametrize(
    ("text", "reply", "left_open"),
    [
        ("企业年金", ANSWER, False),
        ("2", Reply(ANSWER.messages, Understanding("choose", None, 1)), False),
        ("2", Reply((Message("换个说法"),), Understanding("choose", None, 1)), True),
        ("都不是", Reply((Message("换个说法"),), Understanding("chat", "none_of_these", 1)), True),
        ("年金谁出钱", ANSWER, True),
    ],
)
async def test_menu_counts_where_nothing_was_chosen(
    database: Database, mining: Mining, clock: SetClock, text: str, reply: Reply, left_open: bool
) -> None:
    await exchange(database, clock(), "年金", "worker", MENU)
    await mining.mine()
    assert await rows(database) == []

    clock.passes(60)
    await exchange(database, clock(), text, "worker", reply)
    await mining.mine()

    assert [row.kind for row in await rows(database)] == (["clarify"] if left_open else [])


async def test_menu_that_nobody_comes_back_to_counts_when_the_conversation_is_over(
    database: Database, mining: Mining, clock: SetClock
) -> None:
    await exchange(database, clock(), "年金", "worker", MENU)
    clock.passes(34 * 60)
    await mining.mine()
    assert await rows(database) == []

    clock.passes(120)
    await mining.mine()
    assert [row.kind for row in await rows(database)] == ["clarify"]


async def test_useless_answer_counts_whenever_that_is_said(database: Database, mining: Mining, clock: SetClock) -> None:
    await exchange(database, clock(), "别的", "worker", ANSWER)
    clock.passes(7200)
    await mining.mine()

    await useless(database, clock(), "年金谁出钱")
    await mining.mine()
    await mining.mine()

    assert [(row.kind, row.text) for row in await rows(database)] == [("unhelpful", "年金谁出钱")]


async def test_useless_answer_to_a_number_counts_as_what_the_menu_was_asked_for(
    database: Database, mining: Mining, clock: SetClock
) -> None:
    await exchange(database, clock(), "年金", "worker", MENU)
    clock.passes(60)
    chosen = Reply(ANSWER.messages, Understanding("choose", None, 1))
    await exchange(database, clock(), "1", "worker", chosen, (Asked("annuity", 1, "b9f444f44e4a1135"),))
    judged = (Judged(1, Verdict.UNHELPFUL),)
    await exchange(database, clock(), "没用", "worker", Reply((Message("哪儿不对？"),)), judged)
    await mining.mine()
    await mining.mine()

    assert [(row.exchange_id, row.kind, row.text) for row in await rows(database)] == [(2, "unhelpful", "年金")]


async def test_nothing_is_kept_that_names_a_person(database: Database, mining: Mining, clock: SetClock) -> None:
    text = "我叫他打13912345678，身份证23010119900101123X，饭卡丢了咋补"
    await exchange(database, clock(), text, "worker", NONE)
    await mining.mine()

    (row,) = await rows(database)
    assert row.text == "我叫他打〔电话〕，身份证〔身份证号〕，饭卡丢了咋补"


async def test_each_question_is_taken_in_once_by_whichever_process(
    database: Database, clusters: ClusterRepository, featuring: Featuring, clock: SetClock
) -> None:
    for number in range(6):
        await exchange(database, clock(), "饭卡丢了咋补", f"worker-{number}", NONE)
    chores = PrivacyRepository(database.sessions)
    processes = [Mining(clusters, chores, lambda: featuring, clock) for _ in range(3)]

    await asyncio.gather(*(one.mine() for one in processes))
    assert await processes[0].mine() == 0

    (cluster,) = await clusters.page(OPEN, 0, 10)
    assert (cluster.questions, cluster.workers) == (6, 6)


async def test_round_is_done_once_an_hour_by_one_process(
    database: Database, clusters: ClusterRepository, featuring: Featuring, clock: SetClock
) -> None:
    await exchange(database, clock(), "饭卡丢了咋补", "worker", NONE)
    chores, looked = PrivacyRepository(database.sessions), 0

    async def pause(_: float) -> None:
        nonlocal looked
        looked += 1
        if looked == 4:
            raise asyncio.CancelledError
        clock.passes(1801)

    with pytest.raises(asyncio.CancelledError):
        await Mining(clusters, chores, lambda: featuring, clock, pause).run()

    assert (await clusters.round()).number == 2


async def test_questions_go_with_their_worker_and_an_empty_cluster_with_them(
    database: Database, mining: Mining, clusters: ClusterRepository, clock: SetClock
) -> None:
    await exchange(database, clock(), "饭卡丢了咋补", "worker", NONE)
    await exchange(database, clock(), "班车几点", "another", NONE)
    await mining.mine()

    erased = await ExchangeRepository(database.sessions).forget("wechat", "worker", "asked", clock())
    await mining.mine()

    assert erased.counts["unanswered_question"] == 1
    assert [row.text for row in await rows(database)] == ["班车几点"]
    async with database.sessions() as session:
        assert len(list(await session.scalars(select(UnansweredCluster)))) == 1


async def test_ignored_stays_ignored_when_the_same_comes_again(
    database: Database, mining: Mining, clusters: ClusterRepository, clock: SetClock
) -> None:
    await exchange(database, clock(), "饭卡丢了咋补", "worker", NONE)
    await mining.mine()
    (one,) = await clusters.page(OPEN, 0, 10)
    change = Change(one.number, one.version, State.IGNORED, Decision("admin", clock(), "不归我们管"))
    entry = Entry(clock(), Actor(1, "admin"), "ignore", "unanswered", str(one.number))
    assert await clusters.decide(change, [entry]) is Outcome.DONE
    assert await clusters.decide(change, [entry]) is Outcome.STALE
    # All that was gathered may be gone by then.
    await ExchangeRepository(database.sessions).forget("wechat", "worker", "asked", clock())

    clock.passes(40 * 86400)
    await exchange(database, clock(), "饭卡掉了上哪补", "another", NONE)
    await mining.mine()

    assert await clusters.page(OPEN, 0, 10) == []
    (ignored,) = await clusters.page((State.IGNORED,), 0, 10)
    assert (ignored.number, ignored.since) == (one.number, 1)


async def test_conversation_is_opened_around_a_gathered_question_only(
    database: Database, mining: Mining, clusters: ClusterRepository, clock: SetClock
) -> None:
    before = await exchange(database, clock(), "你好", "worker", ANSWER)
    asked = await exchange(database, clock() + timedelta(minutes=1), "饭卡丢了", "worker", NONE)
    await exchange(database, clock() + timedelta(minutes=2), "班车", "another", ANSWER)
    await exchange(database, clock() + timedelta(hours=5), "再见", "worker", ANSWER)
    await mining.mine()

    lines = await clusters.conversation(asked)
    assert [(line.text, line.asked) for line in lines] == [("你好", False), ("饭卡丢了", True)]
    assert await clusters.conversation(before) == []


async def test_what_has_piled_up_is_taken_in_by_batches(
    database: Database, mining: Mining, clusters: ClusterRepository, clock: SetClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.unanswered.mining.BATCH", 2)
    for number in range(7):
        await exchange(database, clock(), f"饭卡丢了咋补{number}", f"worker-{number}", NONE)
    clock.passes(3600)

    assert [await mining.mine(1), await mining.mine(2), await mining.mine(), await mining.mine()] == [2, 4, 1, 0]
    assert [row.exchange_id for row in await rows(database)] == [1, 2, 3, 4, 5, 6, 7]
