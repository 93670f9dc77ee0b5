"""What a worker is told while he waits for a person, while one is there, and afterwards."""

from __future__ import annotations

from datetime import datetime, timezone

import pytest

from bot.accounts.model import User
from bot.assistant.port import Message, Reply
from bot.conversation.chain import Heard, Told
from bot.conversation.ports import Handover, Said, Turn
from bot.hotline.model import Priority, Reason, State
from bot.hotline.ports import Withdrew
from tests.fakes import SetClock

from .cast import HELP, MISS, Hotline

COMING = "person_coming 0 工会热线12351"


@pytest.mark.usefixtures("agent")
async def test_worker_who_asks_waits_for_a_person(here: Hotline) -> None:
    assert await here.says("转 人工！") == [COMING]

    case = await here.case()
    assert (case.conversation, case.state, case.reason, case.owner) == (
        "wechat:worker",
        State.WAITING,
        Reason.ASKED,
        None,
    )
    assert here.cast.assistant.asked == []


async def test_worker_is_told_whom_to_call_where_nobody_works_at_the_desk(here: Hotline) -> None:
    assert (await here.says("人工"))[0].startswith("1 人工")
    assert not await here.room.cases.open_()


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize("text", ["人工", "你说不明白,换真人来"])
async def test_wish_for_a_person_is_counted_as_one_however_it_is_said(here: Hotline, text: str) -> None:
    here.cast.assistant.understood[text] = HELP

    understood = (await here.reply(text)).understanding
    case = await here.case()

    assert (understood.intent if understood else None, case.unread) == ("handoff", 1)


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("text", "begins"), [("你说不明白,换真人来", True), ("人工电话多少", False), ("你真笨", False)]
)
async def test_help_that_is_asked_for_in_other_words(here: Hotline, text: str, begins: bool) -> None:
    here.cast.assistant.understood[text] = HELP

    told = await here.says(text)

    assert (told == [COMING]) is begins
    assert bool(await here.room.cases.open_()) is begins


@pytest.mark.usefixtures("agent")
async def test_words_about_people_are_no_wish_for_one(here: Hotline) -> None:
    assert (await here.says("人工智能培训有补贴吗"))[0].startswith("1 人工")
    assert not await here.room.cases.open_()


@pytest.mark.usefixtures("agent")
async def test_others_who_wait_are_counted(here: Hotline) -> None:
    await here.says("人工", sender="another")

    assert await here.says("人工") == ["person_coming 1 工会热线12351"]
    assert await here.says("人工") == ["person_not_yet 1"]


@pytest.mark.usefixtures("agent")
async def test_who_waits_is_still_answered_and_heard(here: Hotline) -> None:
    await here.says("人工")

    assert (await here.says("年金"))[0].startswith("1 年金")
    case = await here.case()
    assert (case.unread, case.last) == (2, "年金")


@pytest.mark.usefixtures("agent")
async def test_what_is_not_understood_is_left_to_the_person(here: Hotline, clock: SetClock) -> None:
    here.cast.assistant.understood["他们不给"] = MISS
    await here.says("人工")

    assert await here.says("他们不给") == []
    clock.passes(60)
    assert await here.says("他们不给") == ["person_not_yet 0"]
    assert await here.says("他们不给") == []


@pytest.mark.usefixtures("agent")
async def test_who_waits_no_longer_can_ask_again(here: Hotline) -> None:
    await here.says("人工")

    assert await here.says("不等了") == ["wait_ended"]
    assert not await here.room.cases.open_()
    assert await here.says("人工") == [COMING]


async def test_assistant_is_silent_while_a_person_is_there(here: Hotline, agent: User) -> None:
    await here.claimed(agent)

    assert await here.says("年金") == []
    assert await here.says("人工") == []
    assert here.cast.assistant.asked == []
    assert (await here.case()).unread == 3


async def test_assistant_answers_again_afterwards_and_hands_over_again(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)
    await here.desk.close(agent, case.id, "answered")

    assert (await here.says("年金"))[0].startswith("1 年金")
    second = await here.claimed(agent)
    assert second.id != case.id
    assert await here.says("年金") == []


@pytest.mark.parametrize("text", ["我不想活了", "拖欠工资"])
async def test_what_is_urgent_is_always_said_and_comes_first(here: Hotline, agent: User, text: str) -> None:
    case = await here.claimed(agent)
    assert case.priority == Priority.NORMAL

    (told,) = await here.says(text)

    assert "工会热线12351" in told
    case = await here.case()
    assert (case.priority, case.urgent is not None, case.unread) == (Priority.URGENT, True, 2)


@pytest.mark.usefixtures("agent")
async def test_who_asks_after_something_urgent_is_urgent(here: Hotline, clock: SetClock) -> None:
    await here.says("我不想活了")
    clock.passes(3000)
    await here.says("人工")

    case = await here.case()
    assert (case.reason, case.priority, case.urgent) == (Reason.URGENT, Priority.URGENT, "self_harm")


async def test_privacy_is_answered_while_a_person_is_there(here: Hotline, agent: User) -> None:
    await here.claimed(agent)

    assert (await here.says("隐私"))[0].startswith("privacy")
    await here.says("确认删除我的数据")
    assert not await here.room.cases.open_()
    assert (await here.says("年金"))[0].startswith("1 年金")


@pytest.mark.usefixtures("agent")
async def test_person_can_be_asked_for_while_the_assistant_is_stopped(here: Hotline) -> None:
    here.cast.stopped_with = "维护"

    assert (await here.says("年金"))[0].startswith("stopped")
    assert await here.says("人工") == [COMING]


@pytest.mark.usefixtures("agent")
@pytest.mark.parametrize(
    ("opening", "told"),
    [(datetime(2026, 3, 3, 0, 30, tzinfo=timezone.utc), "desk_closed 3月3日08:30"), (None, "desk_closed_for_long")],
)
async def test_closed_desk_says_when_it_opens(here: Hotline, opening: datetime | None, told: str) -> None:
    here.hours.open, here.hours.opening = False, opening

    assert await here.says("人工") == [told]
    assert not await here.room.cases.open_()


async def test_web_page_is_told_that_it_has_to_come_back(here: Hotline, agent: User, clock: SetClock) -> None:
    await here.says("人工", "web")
    await here.desk.claim(agent, (await here.case()).id)

    assert await here.says("在吗", "web") == []
    clock.passes(60)
    assert await here.says("在吗", "web") == ["person_reads"]
    await here.desk.send(agent, (await here.case()).id, "key-00001", "在。", "")
    assert await here.says("在吗", "web") == ["人工答复：在。"]
    assert await here.says("在吗", "web") == []


@pytest.mark.parametrize(("queues", "told"), [(False, ["person_reads"]), (True, [])])
async def test_worker_of_an_account_that_may_not_send_is_told_to_come_back(
    here: Hotline, agent: User, clock: SetClock, queues: bool, told: list[str]
) -> None:
    here.route.queues = queues
    await here.claimed(agent)
    clock.passes(60)

    assert await here.says("在吗") == told
    assert await here.says("在吗") == []


async def test_assistant_stays_silent_where_the_rights_of_the_account_cannot_be_read(
    here: Hotline, agent: User, clock: SetClock
) -> None:
    await here.claimed(agent)
    clock.passes(60)
    here.route.failing = 1

    assert await here.says("年金") == []
    assert here.route.failing == 0
    assert here.cast.assistant.asked == []


@pytest.mark.usefixtures("agent")
async def test_wish_after_a_fragment_is_one(here: Hotline, clock: SetClock) -> None:
    (answer,) = here.room.voices.always

    def heard(text: str, handover: Handover | None) -> Heard:
        return Heard(Said("wechat", "worker", "1", text), f"哎 {text}", Turn(None, "哎", handover=handover))

    begun = await answer(heard("人工", None))
    withdrawn = await answer(heard("不等了", Handover(1, "waiting", clock())))

    assert begun is not None
    assert begun.beside
    assert withdrawn == Told(Reply((Message("wait_ended"),)), beside=(Withdrew(1),))


async def test_message_that_meets_the_end_is_answered_by_the_assistant(here: Hotline, agent: User) -> None:
    """The worker writes at the very moment at which the person ends it: his message is not lost between the two."""
    case = await here.claimed(agent)

    async def meanwhile(*_: object) -> None:
        here.cast.exchanges.before_complete = None
        await here.desk.close(agent, case.id, "answered")

    here.cast.exchanges.before_complete = meanwhile

    assert (await here.says("年金"))[0].startswith("1 年金")


async def test_message_that_meets_a_claim_is_left_to_the_person(here: Hotline, agent: User) -> None:
    await here.says("人工")
    case = await here.case()

    async def meanwhile(*_: object) -> None:
        here.cast.exchanges.before_complete = None
        await here.desk.claim(agent, case.id)

    here.cast.exchanges.before_complete = meanwhile

    assert await here.reply("年金") == Reply(())
    assert (await here.case()).unread == 2


async def test_what_is_owed_comes_with_the_silence(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)
    await here.desk.send(agent, case.id, "key-00001", "您好。", "")

    assert await here.reply("年金") == Reply((Message("人工答复：您好。"),))
