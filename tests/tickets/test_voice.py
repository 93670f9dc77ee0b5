"""A worker leaves a request: by one message with his number, confirmed with the time by which somebody calls."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone

import pytest

from bot.rooms import hours, tickets
from bot.storage.database import Database
from bot.tickets.room import TicketsRoom
from tests.factories import knowledge
from tests.fakes import SetClock
from tests.hotline.cast import Hotline, staff

EVENING = datetime(2026, 3, 2, 12, tzinfo=timezone.utc)
"""A Monday, eight in the evening in China; half a working day later it is past noon on Tuesday."""


@pytest.fixture
def here(database: Database) -> Hotline:
    return Hotline(database, SetClock())


@pytest.fixture
def room(database: Database, here: Hotline) -> TicketsRoom:
    """The requests of the same process, whose voice is heard after the desk's."""
    live = hours.services(database.sessions, here.clock).live
    room = tickets.services(database.sessions, here.desk, live, knowledge, here.clock)
    here.speak(here.room.voices.and_then(room.voices))
    return room


@pytest.fixture(autouse=True)
async def agent(database: Database) -> None:
    await staff(database)


async def test_request_is_kept_with_the_reply_that_confirms_it(here: Hotline, room: TicketsRoom) -> None:
    assert here.clock() == EVENING
    assert await here.says("留言：13800000000 技师补贴怎么领") == ["ticket_taken 明天14:00"]

    (ticket,) = await room.tickets.open_()
    assert (ticket.conversation, ticket.text) == ("wechat:worker", "13800000000 技师补贴怎么领")
    assert ticket.made_at >= EVENING
    assert ticket.due_at == EVENING + timedelta(hours=18)
    assert here.cast.assistant.asked == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("留言", "ticket_how"),
        ("我要留言。", "ticket_how"),
        ("留言 技师补贴怎么领", "ticket_no_phone"),
        ("留言 12345 技师补贴", "ticket_no_phone"),
        ("留言 13800000000 " + "长" * 500, "ticket_long"),
    ],
)
async def test_request_that_cannot_be_kept_says_what_is_missing(
    here: Hotline, room: TicketsRoom, text: str, told: str
) -> None:
    assert await here.says(text) == [told]
    assert not await room.tickets.open_()


@pytest.mark.parametrize("text", ["留言板在哪", "年金", "怎么留言 13800000000"])
async def test_other_words_are_answered_by_the_assistant(here: Hotline, room: TicketsRoom, text: str) -> None:
    assert (await here.says(text))[0].startswith("1 ")
    assert not await room.tickets.open_()


async def test_number_right_behind_the_word_and_a_fixed_line_are_understood(here: Hotline, room: TicketsRoom) -> None:
    await here.says("留言13800000000")
    await here.says("我要留言，0451-82345678 问年金", sender="another")

    assert [one.text for one in await room.tickets.open_()] == ["13800000000", "0451-82345678 问年金"]


async def test_nobody_leaves_more_than_a_few(here: Hotline, room: TicketsRoom) -> None:
    told = [await here.says(f"留言 1380000000{number}") for number in range(4)]

    assert told[3] == ["ticket_enough"]
    assert len(await room.tickets.open_()) == 3
    assert await here.says("留言 13800000000", sender="another") == ["ticket_taken 明天14:00"]


async def test_who_has_a_person_leaves_no_request(here: Hotline, room: TicketsRoom) -> None:
    await here.says("人工")

    assert "ticket_taken" not in (await here.says("留言 13800000000"))[0]
    assert not await room.tickets.open_()


async def test_request_is_deleted_with_the_workers_data(here: Hotline, room: TicketsRoom) -> None:
    await here.says("留言 13800000000")
    await here.says("留言 13900000000", sender="another")

    await here.cast.service.forget("wechat", "worker")

    assert [one.text for one in await room.tickets.open_()] == ["13900000000"]
