"""The page of those who look after the desk: queue, load, figures, and giving a case to somebody."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.hotline.room import HotlineRoom
from bot.storage.database import Database
from tests.accounts.cast import Parts
from tests.hotline.cast import handed_over

from .people import Person

PATH = "/desk/supervisor"
People = dict[str, Person]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine: what is kept is tested on each in tests/hotline."""
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


async def page(person: Person) -> str:
    return await (await person.get(PATH)).text()


async def test_reviewer_sees_the_desk_and_gives_a_case_to_an_agent(
    people: People, hotline: HotlineRoom, database: Database, made: Parts
) -> None:
    assert "没有人在等" in await page(people["reviewer"])
    await handed_over(database, made.clock())
    agent = await made.users.named("agent")
    assert "改派" in await page(people["reviewer"])

    given = {"case": "1", "to": f"user:{agent.id}", "reason": "您来"}
    assert (await people["reviewer"].post(f"{PATH}/reassign", given)).status == 303

    told = await page(people["reviewer"])
    assert all(text in told for text in ("改派好了", "1／8", agent.display_name))
    (case,) = await hotline.cases.open_()
    assert case.owner == agent.id
    log = await (await people["admin"].get("/admin/audit?kind=desk_conversation")).text()
    assert "您来" in log


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({"case": "x", "to": "team:legal", "reason": "x"}, "选一个会话"),
        ({"case": "9", "to": "team:legal", "reason": "x"}, "选一个会话"),
        ({"case": "1", "to": "team:nobody", "reason": "x"}, "没有这位同事或这个组"),
        ({"case": "1", "to": "team:legal"}, "写几句交代清楚"),
    ],
)
async def test_what_cannot_be_given_is_told(
    people: People, database: Database, made: Parts, fields: dict[str, str], told: str
) -> None:
    await handed_over(database, made.clock())

    response = await people["admin"].post(f"{PATH}/reassign", fields)

    assert response.status == 422
    assert told in await response.text()
