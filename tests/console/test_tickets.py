"""The page of requests to be called back: who sees a number, and what is told to who was too late."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.conversation.ports import Said, Waiting
from bot.storage.database import Database
from bot.storage.tickets import write_ticket
from bot.tickets.model import NewTicket
from bot.tickets.room import TicketsRoom
from tests.accounts.cast import Parts

from .people import Person

PATH = "/desk/tickets"
NUMBER = "13800000000"
People = dict[str, Person]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine: what is kept is tested on each in tests/tickets."""
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


@pytest.fixture
async def agent(people: People, database: Database, made: Parts) -> Person:
    """An agent, where one request is late already."""
    message, at = Waiting(1, Said("wechat", "worker", "1", "")), made.clock()
    new = NewTicket(f"{NUMBER} 问年金", at - timedelta(minutes=1))
    await database.sessions.transact(lambda connection: write_ticket(connection, message, new, at))
    return people["agent"]


async def page(person: Person) -> str:
    return await (await person.get(PATH)).text()


async def test_number_is_shown_to_whoever_took_the_request(agent: Person) -> None:
    told = await page(agent)
    assert all(text in told for text in ("超时", "〔电话〕 问年金"))
    assert NUMBER not in told

    assert (await agent.post(f"{PATH}/1/take")).headers["Location"] == f"{PATH}#ticket-1"
    assert NUMBER in await page(agent)

    assert (await agent.post(f"{PATH}/1/done", {"outcome": ""})).status == 422
    assert (await agent.post(f"{PATH}/1/done", {"outcome": f"打了{NUMBER}，说清了"})).status == 303
    told = await page(agent)
    assert all(text in told for text in ("没有要回的电话", "打了〔电话〕，说清了"))
    assert NUMBER not in told


async def test_who_is_too_late_sees_who_has_it(agent: Person, tickets: TicketsRoom, made: Parts) -> None:
    await tickets.calling.take(await made.users.named("admin"), 1)

    response = await agent.post(f"{PATH}/1/take")

    told = await response.text()
    assert response.status == 409
    assert "别的坐席先接了这一条" in told
    assert NUMBER not in told
    assert (await agent.post(f"{PATH}/1/release")).status == 409


async def test_request_is_given_back(agent: Person) -> None:
    await agent.post(f"{PATH}/1/take")

    assert (await agent.post(f"{PATH}/1/release")).status == 303
    assert "我来回电" in await page(agent)
