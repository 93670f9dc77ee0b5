"""Agents take requests, one each, give them back, and say what came of them."""

from __future__ import annotations

import asyncio

import pytest

from bot.accounts.audit import Filter
from bot.accounts.model import User
from bot.conversation.ports import Said, Waiting
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.tickets import TicketRepository, write_ticket
from bot.tickets.model import NewTicket, Refusal, Refused, TicketNotFound
from bot.tickets.service import CallingBack
from tests.fakes import SetClock
from tests.hotline.cast import person

ONE, TWO = person(1), person(2)


@pytest.fixture
async def kept(database: Database) -> TicketRepository:
    """One request, of the number 1."""
    message, at = Waiting(1, Said("wechat", "worker", "1", "")), SetClock()()
    new = NewTicket("13800000000 问年金", None)
    await database.sessions.transact(lambda connection: write_ticket(connection, message, new, at))
    return TicketRepository(database.sessions)


@pytest.fixture
def calling(kept: TicketRepository) -> CallingBack:
    return CallingBack(kept, SetClock())


async def test_of_all_who_take_it_at_once_one_gets_it(calling: CallingBack, kept: TicketRepository) -> None:
    people = [person(number) for number in range(1, 9)]

    done = await asyncio.gather(*(calling.take(one, 1) for one in people), return_exceptions=True)

    assert sum(one is None for one in done) == 1
    assert {one.refusal for one in done if isinstance(one, Refused)} == {Refusal.TAKEN}
    (ticket,) = await kept.open_()
    assert ticket.owner == people[done.index(None)].id


async def test_owner_finishes_it(calling: CallingBack, kept: TicketRepository, database: Database) -> None:
    await calling.take(ONE, 1)
    await calling.take(ONE, 1)
    await calling.finish(ONE, 1, "说清了")

    assert not await kept.open_()
    (ticket,) = await kept.done(9)
    assert (ticket.owner_name, ticket.outcome, ticket.done_at) == ("p1 同志", "说清了", SetClock()())
    with pytest.raises(Refused, match="done"):
        await calling.take(TWO, 1)
    entries = [one.entry for one in await AuditRepository(database.sessions).page(Filter(kind="ticket"), None, 9)]
    assert [(one.verb, one.by.name, one.after) for one in entries] == [("close", "p1", {}), ("claim", "p1", {})]


async def test_given_back_it_is_anybodys(calling: CallingBack) -> None:
    await calling.take(ONE, 1)
    await calling.give_back(ONE, 1)

    await calling.take(TWO, 1)
    with pytest.raises(Refused, match="not_yours"):
        await calling.give_back(ONE, 1)


@pytest.mark.parametrize(
    ("user", "outcome", "refusal"), [(ONE, "", "outcome"), (ONE, "长" * 201, "outcome"), (TWO, "说清了", "not_yours")]
)
async def test_nothing_is_finished_by_others_or_without_an_outcome(
    calling: CallingBack, user: User, outcome: str, refusal: str
) -> None:
    await calling.take(ONE, 1)

    with pytest.raises(Refused, match=refusal):
        await calling.finish(user, 1, outcome)


async def test_what_is_not_there_is_not_found(calling: CallingBack) -> None:
    for act in (calling.take(ONE, 2), calling.give_back(ONE, 2), calling.finish(ONE, 2, "x")):
        with pytest.raises(TicketNotFound):
            await act
