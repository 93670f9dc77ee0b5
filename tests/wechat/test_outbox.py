"""The sender against a local API of WeChat and a real outbox: each letter comes to one recorded end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

import pytest
import structlog

from bot.conversation.ports import Said
from bot.storage import outgoing
from bot.storage.database import Database
from bot.wechat.account import PASSIVE_FOR, NoRight
from bot.wechat.endings import MOST_ATTEMPTS
from bot.wechat.outbox import TYPING_LASTS
from tests.factories import reply
from tests.fakes import SetClock

from .fake_api import FakeAPI
from .post_office import WORKER, PostOffice, opened, own_name


@pytest.fixture
def api() -> FakeAPI:
    return FakeAPI()


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def office(database: Database, clock: SetClock, api: FakeAPI) -> AsyncIterator[PostOffice]:
    async with opened(database, clock, api) as office:
        yield office


async def test_late_answer_is_sent_once(office: PostOffice, api: FakeAPI) -> None:
    await office.late("答案")

    assert [await office.sender.send_due() for _ in range(2)] == [1, 0]
    assert api.delivered == {WORKER: ["答案"]}
    assert await office.rows() == [("sent", 0)]


async def test_choices_are_sent_as_a_menu(office: PostOffice, api: FakeAPI) -> None:
    await office.late("哪一个", "1", WORKER, "甲", "乙")
    await office.sender.send_due()

    assert api.sent[0][1]["msgtype"] == "msgmenu"


async def test_letters_of_a_worker_keep_their_order(office: PostOffice, api: FakeAPI) -> None:
    api.send_errors = [-1]
    await office.late("第一")
    await office.late("第二", "2")
    assert await office.sender.send_due() == 1
    await office.late("别人", "3", "oAnother")

    assert [await office.sender.send_due() for _ in range(2)] == [1, 0]
    office.clock.passes(2)
    assert [await office.sender.send_due() for _ in range(3)] == [1, 1, 0]

    assert api.delivered == {"oAnother": ["别人"], WORKER: ["第一", "第二"]}


async def test_two_processes_send_each_letter_once(
    office: PostOffice, database: Database, clock: SetClock, api: FakeAPI
) -> None:
    for number in range(8):
        await office.late(str(number), str(number), f"o{number}")
    async with opened(database, clock, api) as other:
        await asyncio.gather(*(one.sender.send_due() for one in (office, other, office, other)))

    assert {worker: texts for worker, texts in api.delivered.items() if len(texts) != 1} == {}
    assert len(api.delivered) == 8
    assert len(api.grants) == 1


@pytest.mark.parametrize("code", [40001, 40014, 42001])
async def test_refused_token_is_replaced_once_and_the_letter_sent(office: PostOffice, api: FakeAPI, code: int) -> None:
    api.send_errors = [code]
    await office.late("答案")
    await office.sender.send_due()

    assert [token for token, _ in api.sent] == ["token-1", "token-2"]
    assert await office.rows() == [("sent", 0)]


async def test_token_refused_for_ever_is_tried_a_bounded_number_of_times_and_parked(
    office: PostOffice, api: FakeAPI
) -> None:
    api.send_errors = [40001] * 99
    await office.late("答案")
    sent = 0
    for _ in range(MOST_ATTEMPTS * 2):
        sent += await office.sender.send_due()
        office.clock.passes(64)

    assert sent == MOST_ATTEMPTS
    assert len(api.sent) == 2 * MOST_ATTEMPTS
    assert await office.rows() == [("parked", 40001)]


@pytest.mark.parametrize("code", [45015, 45047])
async def test_closed_window_parks_the_letter_until_the_worker_writes(
    office: PostOffice, api: FakeAPI, code: int
) -> None:
    api.send_errors = [code]
    await office.late("第一")
    await office.sender.send_due()
    office.clock.passes(3600)
    assert await office.sender.send_due() == 0
    assert await office.rows() == [("parked", code)]

    turn = await office.late("第二", "2")
    while await office.sender.send_due():
        pass

    assert [owed.reply for owed in turn.owed] == [reply("第一")]
    assert api.delivered[WORKER] == ["第一", "第二"]


@pytest.mark.parametrize("code", [45009, -1])
async def test_busy_api_is_left_alone_for_longer_and_longer(office: PostOffice, api: FakeAPI, code: int) -> None:
    api.send_errors = [code] * 3
    await office.late("答案")
    tries = []
    for _ in range(20):
        tries.append(await office.sender.send_due())
        office.clock.passes(1)

    assert [second for second, sent in enumerate(tries) if sent] == [0, 2, 6, 14]
    assert await office.rows() == [("sent", 0)]


@pytest.mark.parametrize("code", [48001, 40200])
async def test_account_without_the_right_falls_back_and_raises_the_alarm(
    office: PostOffice, api: FakeAPI, code: int
) -> None:
    api.send_errors = [code]
    await office.account.ping()
    await office.late("第一")
    await office.late("第二", "2")

    with structlog.testing.capture_logs() as logs:
        await office.sender.send_due()

    assert ("wechat_passive", "error", code) in [(e["event"], e["log_level"], e.get("code")) for e in logs]
    assert not await office.account.may_send()
    with pytest.raises(NoRight):
        await office.account.ping()
    assert [state for state, _ in await office.rows()] == ["parked", "parked"]
    office.clock.passes(PASSIVE_FOR.total_seconds())
    assert await office.account.may_send()


async def test_letter_that_is_too_long_is_sent_in_pieces_in_order(office: PostOffice, api: FakeAPI) -> None:
    api.longest = 40
    await office.late("一二三四五六七八九十\n甲乙丙丁戊己庚辛壬癸")
    await office.late("后", "2")
    while await office.sender.send_due():
        pass

    assert api.delivered[WORKER] == ["一二三四五六七八九十", "甲乙丙丁戊己庚辛壬癸", "后"]


@pytest.mark.parametrize("code", [40003, 43004, 43019])
async def test_worker_who_cannot_be_reached_is_a_recorded_failure(office: PostOffice, api: FakeAPI, code: int) -> None:
    api.send_errors = [code]
    await office.late("答案")
    await office.sender.send_due()

    assert await office.rows() == [("failed", code)]


async def test_one_message_of_the_quota_is_kept_for_a_person(office: PostOffice, api: FakeAPI) -> None:
    text = "\n".join(str(number) * 1500 for number in range(6))
    await office.late(text)
    for _ in range(9):
        await office.sender.send_due()

    assert len(api.delivered[WORKER]) == 4
    assert [state for state, _ in await office.rows()][:4] == ["sent"] * 4
    assert {state for state, _ in (await office.rows())[4:]} == {"parked"}


async def test_letter_that_wechat_did_not_answer_is_not_sent_again(
    office: PostOffice, api: FakeAPI, clock: SetClock
) -> None:
    api.body = "<html>bad gateway</html>"
    await office.late("答案")
    await office.sender.send_due()
    api.body = None
    clock.passes(3600)

    assert await office.sender.send_due() == 0
    assert await office.rows() == [("unknown", None)]
    assert len(api.sent) == 1
    assert [owed.certain for owed in (await office.late("第二", "2")).owed] == [False]


async def test_letter_of_a_process_that_died_while_sending_becomes_unknown(
    office: PostOffice, api: FakeAPI, clock: SetClock
) -> None:
    await office.late("答案")
    assert len(await office.outbox.claim(clock(), 9)) == 1
    clock.passes(30)
    assert await office.sender.send_due() == 0
    assert await office.rows() == [("sending", None)]

    clock.passes(31)
    await office.sender.send_due()

    assert await office.rows() == [("unknown", None)]
    assert api.sent == []


async def test_letter_that_was_shown_again_stays_so_whatever_its_late_sender_says(
    office: PostOffice, clock: SetClock
) -> None:
    await office.late("答案")
    (letter,) = await office.outbox.claim(clock(), 9)
    clock.passes(61)
    await office.sender.send_due()
    assert await office.database.sessions.transact(lambda connection: outgoing.show(connection, [letter.id], clock()))

    await office.outbox.record(letter.id, "sent", clock(), 0, clock())

    assert await office.rows() == [("shown", None)]


async def test_typing_is_shown_while_it_is_fresh(office: PostOffice, api: FakeAPI, clock: SetClock) -> None:
    await office.late("答案")
    await office.sender.send_due()
    for fresh in (True, False):
        await office.outbox.add_typing(Said("wechat", own_name(WORKER), "1", "年金"), clock())
        clock.passes(0 if fresh else TYPING_LASTS.total_seconds())
        await office.sender.send_due()

    assert api.typing == [WORKER]
    assert await office.rows() == [("sent", 0), ("sent", 0), ("failed", None)]


async def test_refused_typing_does_not_hold_the_answer_up(office: PostOffice, api: FakeAPI, clock: SetClock) -> None:
    api.typing_errors = [45080]
    await office.outbox.add_typing(Said("wechat", own_name(WORKER), "1", "年金"), clock())
    await office.late("答案")
    while await office.sender.send_due():
        pass

    assert await office.rows() == [("failed", 45080), ("sent", 0)]


async def test_letter_that_meets_the_deletion_of_its_worker_is_deleted(office: PostOffice, clock: SetClock) -> None:
    await office.late("答案")
    await office.exchanges.forget("wechat", own_name(WORKER), "asked", clock())
    await office.outbox.add_typing(Said("wechat", own_name(WORKER), "1", "年金"), clock())
    assert await office.rows() == [("queued", None)]

    assert await office.sender.send_due() == 0
    assert await office.rows() == []


async def test_sender_runs_until_it_is_closed(office: PostOffice, api: FakeAPI) -> None:
    running = asyncio.create_task(office.sender.run())
    await office.late("答案")
    office.sender.wake()
    await asyncio.wait_for(api.reached.wait(), 30)
    office.sender.close()
    await running

    assert await office.rows() == [("sent", 0)]


async def test_outbox_that_fails_is_looked_into_again(office: PostOffice, api: FakeAPI) -> None:
    claim, failed = office.outbox.claim, asyncio.Event()

    async def failing(*arguments: object) -> object:
        office.outbox.claim = claim  # type: ignore[method-assign]
        failed.set()
        raise OSError("disk")

    office.outbox.claim = failing  # type: ignore[assignment,method-assign]
    await office.late("答案")
    running = asyncio.create_task(office.sender.run())
    await failed.wait()
    office.sender.wake()
    await asyncio.wait_for(api.reached.wait(), 30)
    office.sender.close()
    await running

    assert api.delivered == {WORKER: ["答案"]}
