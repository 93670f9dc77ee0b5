"""The pages of the desk over HTTP: what is refused says so, and what is not there is not found."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.hotline.room import HotlineRoom
from bot.storage.database import Database
from bot.storage.tables import Exchange
from tests.accounts.cast import Parts
from tests.console.conftest import *  # noqa: F403 - The consoles' cast.
from tests.console.people import Person

from .cast import handed_over, person

JSON = {"Accept": "application/json"}


@pytest.fixture
async def at_desk(people: dict[str, Person], database: Database, made: Parts) -> Person:
    await handed_over(database, made.clock())
    return people["agent"]


async def test_agent_claims_writes_and_ends(at_desk: Person) -> None:
    assert "工友 worker" in await (await at_desk.get("/desk/")).text()
    assert (await at_desk.post("/desk/c/1/claim")).headers["Location"] == "/desk/c/1"
    assert "接手了" in await (await at_desk.get("/desk/c/1")).text()

    sent = await at_desk.post("/desk/c/1/send", {"key": "key-00001", "text": "您好<b>"}, **JSON)
    assert (sent.status, await sent.json()) == (200, {"told": "发出去了。"})
    page = await (await at_desk.get("/desk/c/1")).text()
    assert "您好&lt;b&gt;" in page
    assert "这个渠道现在不能主动发消息" in page
    story = await (await at_desk.get("/desk/c/1?part=story")).text()
    assert story.lstrip().startswith('<div id="story"')

    await at_desk.post("/desk/c/1/note", {"text": "要回电"})
    await at_desk.post("/desk/c/1/tag", [("tag", "工资"), ("tag", "补贴")])
    await at_desk.post("/desk/c/1/close", {"outcome": "answered"})
    page = await (await at_desk.get("/desk/c/1")).text()
    assert all(text in page for text in ("备注：要回电", "标签：工资、补贴", "结束：已经答复"))


@pytest.mark.parametrize(
    ("act", "fields", "status", "told"),
    [
        ("send", {"key": "key-00001", "text": ""}, 422, "还没有写"),
        ("send", {"key": "key-00001", "text": "给{请填写:金额}元"}, 422, "还没有填：金额"),
        ("send", {"key": "key-00001", "text": "好", "reply": "own:99"}, 409, "已经不在了"),
        ("send", {"key": "key-00001", "text": "好", "reply": "topic:closed"}, 409, "现在不能用：政策已到期"),
        ("close", {"outcome": "no"}, 422, "办理结果"),
        ("transfer", {"to": "team:legal"}, 422, "交代清楚"),
        ("tag", {"tag": "没有的"}, 422, "没有这个标签"),
        ("note", {}, 422, "还没有写"),
    ],
)
async def test_what_is_refused_says_why(
    at_desk: Person, act: str, fields: dict[str, str], status: int, told: str
) -> None:
    await at_desk.post("/desk/c/1/claim")

    response = await at_desk.post(f"/desk/c/1/{act}", fields, **JSON)

    assert response.status == status
    assert told in (await response.json())["told"]


async def test_what_is_anothers_is_a_conflict(at_desk: Person, hotline: HotlineRoom) -> None:
    await hotline.desk.claim(person(77), 1)

    for act, fields in (
        ("claim", {}),
        ("send", {"key": "key-00001", "text": "好"}),
        ("close", {"outcome": "answered"}),
    ):
        assert (await at_desk.post(f"/desk/c/1/{act}", fields, **JSON)).status == 409
    assert (await at_desk.post("/desk/c/1/take", {"reason": ""}, **JSON)).status == 422
    assert (await at_desk.post("/desk/c/1/take", {"reason": "急"}, **JSON)).status == 200


async def test_picture_is_shown_as_one_and_nothing_else_is(
    at_desk: Person, hotline: HotlineRoom, database: Database
) -> None:
    assert 'src="/desk/c/1/media/1"' in await (await at_desk.get("/desk/c/1")).text()
    shown = await at_desk.get("/desk/c/1/media/1")
    assert (shown.content_type, await shown.read()) == ("image/png", b"png")

    async with database.sessions.begin() as session:
        await session.execute(update(Exchange).values(media="old"))
    gone = await at_desk.get("/desk/c/1/media/1")
    assert (gone.status, "看不了" in await gone.text()) == (404, True)
    assert (await at_desk.get("/desk/c/1/media/7")).status == 404
    assert (await at_desk.get("/desk/c/9/media/1")).status == 404


async def test_unknown_conversation_is_not_found(at_desk: Person) -> None:
    assert (await at_desk.get("/desk/c/9")).status == 404
    for act in ("claim", "take", "release", "transfer", "close", "note", "tag", "send", "seen"):
        response = await at_desk.post(f"/desk/c/9/{act}", {"reason": "x", "text": "x", "key": "key-00001"})
        assert response.status == 404, act


async def test_stream_begins_with_all_that_is_open_and_who_looks(at_desk: Person) -> None:
    await at_desk.post("/desk/c/1/seen", {"typing": "yes"})

    response = await at_desk.get("/desk/live")

    assert response.headers["Content-Type"] == "text/event-stream"
    events = [part.split("\n") for part in (await response.text()).strip().split("\n\n")]
    assert [lines[0] for lines in events] == ["event: all", "event: case", "event: people"]
    assert events[0][1] == "data: [1]"
    assert "工友 worker" in events[1][1]
    assert '"typing":true' in events[2][1]
