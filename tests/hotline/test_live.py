"""What happens at the desk reaches every desk that is open, whichever process it happened in."""

from __future__ import annotations

import asyncio

import pytest

from bot.accounts.model import User
from bot.hotline.live import News
from bot.hotline.model import Presence
from bot.storage.database import Database
from bot.storage.outbox import OutboxRepository
from bot.storage.privacy_tables import WorkerAddress
from tests.fakes import SetClock

from .cast import Hotline


def all_of(queue: asyncio.Queue[News | None]) -> list[News | None]:
    return [queue.get_nowait() for _ in range(queue.qsize())]


async def test_what_another_process_does_is_told_once(here: Hotline, there: Hotline, agent: User) -> None:
    live = here.room.live
    with live.listening() as queue:
        await there.says("年金")
        await there.says("人工")
        await live.look()
        case = await here.case()
        assert all_of(queue) == [News(case.id, case)]
        assert case.last == "年金"

        await live.look()
        assert all_of(queue) == []
        await there.desk.claim(agent, case.id)
        await there.says("在吗")
        await live.look()
        (news,) = all_of(queue)
        assert news is not None
        assert news.case is not None
        assert (news.case.owner, news.case.unread, news.case.last) == (agent.id, 2, "在吗")

        await there.desk.close(agent, case.id, "answered")
        await live.look()
        assert all_of(queue) == [News(case.id)]


async def test_who_looks_and_types_is_told_until_he_is_not_heard_of(
    here: Hotline, there: Hotline, agent: User, clock: SetClock
) -> None:
    await here.says("人工")
    case, live = await here.case(), here.room.live
    looks, types = (Presence(case.id, agent.id, agent.display_name, typing) for typing in (False, True))
    with live.listening() as queue:
        await live.look()
        all_of(queue)
        for typing, seen in ((False, looks), (True, types)):
            await there.room.seeing.seen(agent, case.id, typing=typing, gone=False)
            await live.look()
            assert all_of(queue) == [News(case.id, people=frozenset({seen}))]
        clock.passes(20)
        await live.look()
        assert all_of(queue) == [News(case.id, people=frozenset())]

        await there.room.seeing.seen(agent, case.id, typing=False, gone=False)
        await there.room.seeing.seen(agent, case.id, typing=False, gone=True)
        await live.look()
        assert all_of(queue) == []


@pytest.mark.usefixtures("agent")
async def test_desk_that_does_not_read_is_let_go_and_nobody_else(here: Hotline) -> None:
    live = here.room.live
    with live.listening() as slow, live.listening() as fast:
        for number in range(510):
            live._tell(News(number))
            assert fast.get_nowait() == News(number)
        assert None in all_of(slow)


async def test_end_of_the_process_lets_every_desk_go(here: Hotline) -> None:
    with here.room.live.listening() as queue:
        await here.room.live.close()

        assert all_of(queue) == [None]


async def test_nothing_is_read_while_no_desk_is_open(here: Hotline) -> None:
    await here.database.close()

    await here.room.live.look()


async def test_restart_in_the_middle_loses_nothing(here: Hotline, there: Hotline, agent: User) -> None:
    case = await here.claimed(agent)
    await here.desk.send(agent, case.id, "key-00001", "您好。", "")

    # The process is gone; another takes the same try of the same message, and what follows.
    await there.desk.send(agent, case.id, "key-00001", "您好。", "")
    assert await there.says("在吗") == ["人工答复：您好。"]
    await there.desk.send(agent, case.id, "key-00002", "在。", "")

    assert [letter.state for letter in await there.letters()] == ["shown", "parked"]
    assert (await there.case()).owner == agent.id


async def test_letter_that_does_not_arrive_is_told(here: Hotline, agent: User, database: Database) -> None:
    outbox, clock = OutboxRepository(database.sessions, "wechat"), here.clock
    here.route.queues = True
    case = await here.claimed(agent)
    async with database.sessions.begin() as session:
        session.add(WorkerAddress(sender="worker", channel="wechat", address="o", seen_at=clock()))
    seen = []
    for key in ("key-00001", "key-00002"):
        await here.desk.send(agent, case.id, key, "您好。", "")
        seen.append((await here.case()).changes)
        await (outbox.claim(clock(), 9) if key == "key-00001" else outbox.park_all())
        clock.passes(61)
        await outbox.claim(clock(), 9)
        seen.append((await here.case()).changes)

    assert seen == [3, 4, 5, 6]
    assert [letter.state for letter in await here.letters()] == ["unknown", "parked"]
