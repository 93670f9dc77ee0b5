"""Messages recorded at receipt and completed by their replies, on both engines."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.assistant.port import Message, Reply, Understanding
from bot.conversation.ports import Answered, Completion, Lease, Post, Receipt, Said, Turn, Waiting
from bot.storage.database import Database
from bot.storage.exchanges import ExchangeRepository
from bot.storage.tables import Exchange, Outgoing
from tests.factories import reply
from tests.fakes import NOON

FULL = Reply(
    (Message("企业出钱\n依据:《小文件》第1条", ("企业年金", "都不是")), Message("👍")), Understanding("ask", None, 0.5)
)
SAID = Said("wechat", "worker", "1", "年金")
LATER = NOON + timedelta(seconds=10)


@pytest.fixture
def exchanges(database: Database) -> ExchangeRepository:
    return ExchangeRepository(database.sessions)


def lease(owner: str = "one", now: int = 0) -> Lease:
    """A lease of five seconds, some seconds after noon."""
    start = NOON + timedelta(seconds=now)
    return Lease(owner, start, start + timedelta(seconds=5))


def done(said: Reply = FULL, state: bytes | None = None, post: Post | None = None) -> Completion:
    return Completion(said, state, NOON, post=post, late=post is not None)


def waiting_for(exchange: int, key: str = "1") -> Waiting:
    return Waiting(exchange, Said("wechat", "worker", key, f"年金{key}"))


async def receive(exchanges: ExchangeRepository, key: str = "1", sender: str = "worker", owner: str = "one") -> Receipt:
    return await exchanges.receive(Said("wechat", sender, key, f"年金{key}"), lease(owner))


async def answer(exchanges: ExchangeRepository, key: str = "1", post: Post | None = None) -> int:
    """A message with its reply."""
    receipt = await receive(exchanges, key)
    said = Said("wechat", "worker", key, f"年金{key}")
    assert await exchanges.complete(Waiting(receipt.id, said), "one", done(post=post))
    return receipt.id


async def test_first_message_of_a_worker_has_its_turn_at_once(exchanges: ExchangeRepository) -> None:
    receipt = await receive(exchanges)

    assert (receipt.delivery, receipt.answered, receipt.turn) == (1, None, Turn(None))


async def test_next_message_has_the_state_that_came_with_the_reply(exchanges: ExchangeRepository) -> None:
    first = await receive(exchanges)
    await exchanges.complete(Waiting(first.id, SAID), "one", done(state=b"state"))

    assert (await receive(exchanges, "2")).turn == Turn(b"state")


@pytest.mark.parametrize("said", [FULL, reply("text"), Reply(())])
async def test_repeat_gets_the_reply_as_it_was(exchanges: ExchangeRepository, said: Reply) -> None:
    first = await receive(exchanges)
    await exchanges.complete(Waiting(first.id, SAID), "one", done(said))

    assert await receive(exchanges) == Receipt(first.id, 2, Answered(said))


async def test_repeat_of_what_is_under_way_has_no_turn(exchanges: ExchangeRepository) -> None:
    first = await receive(exchanges)

    assert await receive(exchanges, owner="two") == Receipt(first.id, 2)


async def test_message_after_an_open_one_has_no_turn(exchanges: ExchangeRepository) -> None:
    first, second = await receive(exchanges), await receive(exchanges, "2")

    assert second.turn is None
    assert await exchanges.take(waiting_for(second.id, "2"), lease()) is None
    await exchanges.complete(Waiting(first.id, SAID), "one", done())
    assert await exchanges.take(waiting_for(second.id, "2"), lease()) == Turn(None)


async def test_other_worker_does_not_wait(exchanges: ExchangeRepository) -> None:
    await receive(exchanges)

    assert (await receive(exchanges, sender="another")).turn is not None


async def test_lease_that_holds_is_not_taken(exchanges: ExchangeRepository) -> None:
    receipt = await receive(exchanges)

    assert await exchanges.take(waiting_for(receipt.id), lease("two", now=5)) is None
    assert isinstance(await exchanges.take(waiting_for(receipt.id), lease("two", now=6)), Turn)
    assert await exchanges.take(waiting_for(receipt.id), lease("one", now=7)) is None


async def test_renewed_lease_holds_on(exchanges: ExchangeRepository) -> None:
    receipt = await receive(exchanges)

    await exchanges.renew([receipt.id], lease("one", now=4))
    await exchanges.renew([receipt.id], lease("two", now=99))

    assert await exchanges.take(waiting_for(receipt.id), lease("two", now=8)) is None
    assert isinstance(await exchanges.take(waiting_for(receipt.id), lease("two", now=10)), Turn)


async def test_only_the_owner_completes_and_only_once(exchanges: ExchangeRepository) -> None:
    receipt = await receive(exchanges)
    waiting = Waiting(receipt.id, SAID)

    kept = [
        await exchanges.complete(waiting, owner, done(reply(owner), owner.encode())) for owner in ("two", "one", "one")
    ]

    assert kept == [None, Answered(reply("one")), Answered(reply("one"))]
    assert await exchanges.take(waiting_for(receipt.id), lease()) == Answered(reply("one"))
    assert (await receive(exchanges, "2")).turn == Turn(b"one")


async def test_orphans_are_those_whose_lease_has_run_out(exchanges: ExchangeRepository) -> None:
    first = await receive(exchanges)
    await answer(exchanges, "2")

    assert await exchanges.orphans(NOON + timedelta(seconds=5)) == []
    assert await exchanges.orphans(LATER) == [Waiting(first.id, Said("wechat", "worker", "1", "年金1"))]


async def test_fragment_goes_before_the_later_message(exchanges: ExchangeRepository) -> None:
    first, second = await receive(exchanges), await receive(exchanges, "2")
    waiting = Waiting(first.id, SAID)

    later = await exchanges.later(waiting)
    joined = await exchanges.join(waiting, "one", second.id, "年金1", done(Reply(())))

    assert later is not None
    assert (later.id, joined) == (second.id, True)
    assert await exchanges.take(waiting_for(first.id), lease()) == Answered(Reply(()))
    assert await exchanges.take(waiting_for(second.id, "2"), lease()) == Turn(None, "年金1")


async def test_fragment_cannot_join_what_has_its_reply(exchanges: ExchangeRepository) -> None:
    first = await receive(exchanges)
    other = await exchanges.receive(Said("wechat", "another", "9", "甲"), lease())
    await exchanges.complete(Waiting(other.id, Said("wechat", "another", "9", "甲")), "one", done())

    assert not await exchanges.join(Waiting(first.id, SAID), "one", other.id, "甲", done(Reply(())))
    assert isinstance(await exchanges.take(waiting_for(first.id), lease()), Turn)


async def test_late_reply_is_owed_with_the_next_turn(exchanges: ExchangeRepository) -> None:
    first = await answer(exchanges, post=Post((reply("a"), reply("b")), "parked"))
    second = await receive(exchanges, "2")

    turn = await exchanges.take(waiting_for(second.id, "2"), lease())

    assert second.turn is None
    assert isinstance(turn, Turn)
    assert [(owed.reply, owed.certain) for owed in turn.owed] == [(reply("a"), True), (reply("b"), True)]
    shown = Completion(reply("c"), None, NOON, shown=tuple(owed.id for owed in turn.owed))
    await exchanges.complete(Waiting(second.id, Said("wechat", "worker", "2", "年金2")), "one", shown)
    assert (await receive(exchanges, "3")).turn == Turn(None)
    assert await receive(exchanges) == Receipt(first, 2, Answered(FULL, late=True))


@pytest.mark.parametrize("state", ["queued", "parked"])
async def test_late_reply_that_is_taken_back_is_late_no_longer(exchanges: ExchangeRepository, state: str) -> None:
    first = await answer(exchanges, post=Post((reply("a"),), state))  # type: ignore[arg-type]

    assert [await exchanges.show(waiting_for(first), LATER) for _ in range(2)] == [True, True]
    assert (await receive(exchanges)).answered == Answered(FULL)


@pytest.mark.parametrize("state", ["sending", "sent", "unknown"])
async def test_reply_that_may_have_reached_the_worker_is_not_taken_back(
    exchanges: ExchangeRepository, database: Database, state: str
) -> None:
    first = await answer(exchanges, post=Post((reply("a"),), "queued"))
    async with database.sessions.begin() as session:
        (await session.scalars(select(Outgoing))).one().state = state

    assert not await exchanges.show(waiting_for(first), LATER)


async def test_queued_reply_takes_what_was_parked_along(exchanges: ExchangeRepository, database: Database) -> None:
    await answer(exchanges, post=Post((reply("a"),), "parked"))
    second = await receive(exchanges, "2")
    await exchanges.take(waiting_for(second.id, "2"), lease())
    waiting = Waiting(second.id, Said("wechat", "worker", "2", "年金2"))

    await exchanges.complete(waiting, "one", done(post=Post((reply("b"),), "queued")))

    async with database.sessions() as session:
        rows = await session.scalars(select(Outgoing).order_by(Outgoing.id))
        assert [row.state for row in rows] == ["queued", "queued"]


async def test_concurrent_deliveries_of_one_message_are_one_exchange(exchanges: ExchangeRepository) -> None:
    receipts = await asyncio.gather(*(receive(exchanges, str(n % 4)) for n in range(20)))

    assert len({receipt.id for receipt in receipts}) == 4
    assert sorted(receipt.delivery for receipt in receipts) == sorted([1, 2, 3, 4, 5] * 4)


async def test_concurrent_messages_of_one_worker_have_one_turn(exchanges: ExchangeRepository) -> None:
    receipts = await asyncio.gather(*(receive(exchanges, str(n)) for n in range(12)))

    (first,) = [receipt for receipt in receipts if receipt.turn is not None]
    assert first.id == min(receipt.id for receipt in receipts)


async def test_row_tells_how_the_message_was_understood(exchanges: ExchangeRepository, database: Database) -> None:
    receipt = await receive(exchanges)
    await exchanges.complete(Waiting(receipt.id, SAID), "one", done(Reply((), Understanding("ask", "annuity", 0.75))))

    async with database.sessions() as session:
        row = (await session.scalars(select(Exchange))).one()
    assert (row.text, row.intent, row.label, row.confidence) == ("年金1", "ask", "annuity", 0.75)


async def test_forgotten_message_cannot_be_taken(exchanges: ExchangeRepository) -> None:
    receipt = await receive(exchanges)
    await exchanges.forget("wechat", "worker", "left", NOON)

    with pytest.raises(LookupError):
        await exchanges.take(waiting_for(receipt.id), lease())
    assert not await exchanges.complete(
        Waiting(receipt.id, SAID), "one", done(state=b"x", post=Post((FULL,), "parked"))
    )
    assert not await exchanges.join(Waiting(receipt.id, SAID), "one", receipt.id, "甲", done())
    assert (await receive(exchanges, "2")).turn == Turn(None)


async def test_exchange_survives_a_restart(
    exchanges: ExchangeRepository, database: Database, database_url: str
) -> None:
    first = await answer(exchanges)
    await database.close()

    again = Database(database_url)
    await again.migrate()
    receipt = await receive(ExchangeRepository(again.sessions))
    await again.close()

    assert receipt == Receipt(first, 2, Answered(FULL))


async def test_reply_that_was_taken_back_meanwhile_is_not_shown_twice(exchanges: ExchangeRepository) -> None:
    first = await answer(exchanges, post=Post((reply("a"),), "parked"))
    second = await receive(exchanges, "2")
    waiting = Waiting(second.id, Said("wechat", "worker", "2", "年金2"))
    turn = await exchanges.take(waiting_for(second.id, "2"), lease())
    assert isinstance(turn, Turn)
    assert await exchanges.show(waiting_for(first), LATER)

    kept = await exchanges.complete(waiting, "one", Completion(reply("b"), b"x", NOON, shown=(turn.owed[0].id,)))

    assert not kept
    assert await exchanges.take(waiting_for(second.id, "2"), lease()) == Turn(None)
