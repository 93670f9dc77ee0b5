"""An answer that nobody waits for goes to the outbox, and reaches the worker once, in order."""

from __future__ import annotations

import asyncio

from sqlalchemy import select

from bot.assistant.port import Reply
from bot.conversation.ports import Said
from bot.conversation.works import LEASE
from bot.storage.database import Database
from bot.storage.tables import Outgoing
from tests.fakes import SetClock

from .cast import Cast

FETCH = "查看答案"


async def late(cast: Cast, text: str = "年金", key: str = "1") -> None:
    """A message whose delivery does not wait for the answer, and that is answered then."""
    cast.assistant.open.clear()
    delivery = await cast.receive(text, key)
    await cast.reached()
    assert await delivery.reply(within=0) is None
    assert delivery._work is not None
    cast.assistant.open.set()
    await delivery._work.task


def texts(reply: Reply | None) -> list[str]:
    """The first words of each message."""
    assert reply is not None
    return [message.text.partition("\n")[0] for message in reply.messages]


async def states(database: Database) -> list[str]:
    async with database.sessions() as session:
        return list(await session.scalars(select(Outgoing.state).order_by(Outgoing.id)))


async def test_late_answer_is_parked_and_fetched_by_the_tap(cast: Cast, other: Cast, database: Database) -> None:
    await late(cast)
    assert await states(database) == ["parked"]

    assert texts(await other.say(FETCH, "2")) == ["1 年金"]
    assert await states(database) == ["shown"]
    assert other.assistant.asked == []


async def test_repeated_tap_gets_the_same(cast: Cast, other: Cast) -> None:
    await late(cast)

    assert texts(await cast.say(FETCH, "2")) == texts(await other.say(FETCH, "2")) == ["1 年金"]


async def test_tap_that_nobody_waits_for_is_fetched_by_its_repeat(cast: Cast, other: Cast) -> None:
    await late(cast)
    tap = await cast.receive(FETCH, "2")
    assert tap._work is not None
    await tap._work.task

    assert texts(await other.say(FETCH, "2")) == ["1 年金"]
    assert texts(await other.say("谁出钱", "3")) == ["1 谁出钱"]


async def test_tap_when_nothing_is_owed_says_so(cast: Cast) -> None:
    await cast.say("年金")

    assert texts(await cast.say(FETCH, "2")) == ["nothing_waiting"]
    assert len(cast.assistant.asked) == 1


async def test_any_next_message_delivers_it_before_its_own_answer(cast: Cast, other: Cast) -> None:
    await late(cast)

    assert texts(await other.say("谁出钱", "2")) == ["1 年金", "1 谁出钱"]
    assert texts(await other.say("谁出钱", "3")) == ["2 谁出钱"]


async def test_picture_delivers_it_too(cast: Cast) -> None:
    await late(cast)

    picture = await cast.service.receive(Said("wechat", "worker", "2", "", canned="image_unread"))

    assert texts(await picture.reply()) == ["1 年金", "image_unread"]


async def test_what_does_not_fit_is_fetched_next(cast: Cast) -> None:
    await late(cast)
    cast.route.most_messages = 1

    assert texts(await cast.say("谁出钱", "2")) == ["1 年金", "more_waiting"]
    assert texts(await cast.say(FETCH, "3")) == ["2 谁出钱"]


async def test_repeated_delivery_takes_the_late_answer_back(cast: Cast, other: Cast, database: Database) -> None:
    await late(cast)

    assert texts(await other.say("年金")) == ["1 年金"]
    assert await states(database) == ["shown"]


async def test_waiting_repeat_on_another_process_gets_the_answer_that_its_owner_parked(cast: Cast, other: Cast) -> None:
    cast.assistant.open.clear()
    first = await cast.receive("年金")
    await cast.reached()
    assert await first.reply(within=0) is None
    repeat = await other.receive("年金")
    waiting = asyncio.create_task(repeat.reply())
    cast.assistant.open.set()

    assert texts(await waiting) == ["1 年金"]


async def test_what_a_repeat_fetched_meanwhile_is_not_shown_again_and_nothing_is_asked_again(
    cast: Cast, other: Cast
) -> None:
    await late(cast)
    cast.assistant.open.clear()
    second = asyncio.create_task(cast.say("谁出钱", "2"))
    await cast.reached()

    repeat = await other.say("年金")
    cast.assistant.open.set()

    assert texts(repeat) == ["1 年金"]
    assert texts(await second) == ["2 谁出钱"]


async def test_queued_answer_wakes_the_sender_and_says_nothing_twice(cast: Cast, database: Database) -> None:
    cast.route.queues = True
    await late(cast)
    assert (await states(database), cast.route.woken) == (["queued"], 1)
    async with database.sessions.begin() as session:
        (await session.scalars(select(Outgoing))).one().state = "sent"

    assert (await cast.say("年金")).messages == ()


async def test_queued_answer_that_was_not_sent_yet_comes_with_the_next_reply(cast: Cast, database: Database) -> None:
    cast.route.queues = True
    await late(cast)

    assert texts(await cast.say("谁出钱", "2")) == ["1 年金", "2 谁出钱"]
    assert await states(database) == ["shown"]


async def test_reply_does_not_overtake_what_is_being_sent(cast: Cast, database: Database) -> None:
    cast.route.queues = True
    await late(cast)
    async with database.sessions.begin() as session:
        (await session.scalars(select(Outgoing))).one().state = "sending"

    assert (await cast.say("谁出钱", "2")).messages == ()
    assert await states(database) == ["sending", "queued"]


async def test_reply_that_may_have_been_seen_is_introduced(cast: Cast, database: Database) -> None:
    await late(cast)
    async with database.sessions.begin() as session:
        (await session.scalars(select(Outgoing))).one().state = "unknown"

    assert texts(await cast.say(FETCH, "2")) == ["maybe_seen", "1 年金"]


async def test_late_answer_after_another_follows_it(cast: Cast, database: Database) -> None:
    await late(cast)
    cast.route.queues = True
    await late(cast, "谁出钱", "2")

    assert await states(database) == ["queued", "queued"]


async def test_what_a_killed_process_had_acknowledged_is_answered_late(
    cast: Cast, other: Cast, clock: SetClock, database: Database
) -> None:
    cast.assistant.open.clear()
    delivery = await cast.receive("年金")
    await cast.reached()
    assert await delivery.reply(within=0) is None
    cast.kill()
    clock.passes(LEASE.total_seconds() + 1)
    other.route.queues = True

    await other.service.tend()
    await asyncio.wait({work.task for work in other.service._works._works.values()})

    assert await states(database) == ["queued"]


async def test_web_page_has_no_outbox(cast: Cast, database: Database) -> None:
    cast.assistant.open.clear()
    delivery = await cast.service.receive(Said("web", "session", "1", "年金"))
    assert await delivery.reply(within=0) is None
    cast.assistant.open.set()

    assert texts(await cast.say("年金", sender="session", channel="web")) == ["1 年金"]
    assert await states(database) == []


async def test_worker_who_leaves_takes_what_is_owed_with_him(cast: Cast, database: Database) -> None:
    await late(cast)

    await cast.service.forget("wechat", "worker")

    assert await states(database) == []
