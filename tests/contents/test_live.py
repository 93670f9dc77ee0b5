"""What is published is served by every process, drafts never, and what is broken by none."""

from __future__ import annotations

import asyncio
from datetime import date, datetime, timedelta, timezone

import pytest
from sqlalchemy import update

from bot.content.live import LOOK_EVERY, LiveKnowledge
from bot.content.model import State
from bot.storage.content_tables import ContentCounter, ContentVersion
from bot.storage.database import Database
from tests.accounts.cast import SetClock
from tests.factories import topic

from .cast import ANNUITY, EDITOR, REVIEWER, Room


async def test_publication_reaches_the_other_process_at_its_next_look(here: Room, there: Room) -> None:
    before = there.live()
    await here.published(topic(audience="新的"))

    assert here.live().topics["annuity"].audience == "新的"
    assert there.live() is before
    assert await there.live.refresh()
    assert there.live().topics["annuity"].audience == "新的"
    assert not await there.live.refresh()


async def test_process_looks_by_itself_within_the_five_seconds(here: Room, database: Database, clock: SetClock) -> None:
    waited: list[float] = []
    looked = asyncio.Event()

    async def pause(seconds: float) -> None:
        waited.append(seconds)
        if len(waited) > 1:
            looked.set()
            await asyncio.Event().wait()

    live = LiveKnowledge(here.store, clock, pause)
    await live.load()
    await here.published(topic(audience="新的"))
    task = asyncio.create_task(live.run())
    await looked.wait()
    task.cancel()

    assert live().topics["annuity"].audience == "新的"
    assert waited[0] == LOOK_EVERY < 5


async def test_draft_is_not_served(here: Room, there: Room) -> None:
    await here.submitted(topic(audience="草稿"))

    assert not await there.live.refresh()
    assert (await there.store.timeline(there.clock())).counter == 1


async def test_scheduled_publication_is_served_from_its_second_on(here: Room, there: Room) -> None:
    number = await here.submitted(topic(audience="将来"))
    at = here.clock() + timedelta(days=1)
    await here.publishing.publish(REVIEWER, ANNUITY, number, at, "同意")
    await there.live.refresh()

    there.clock.now = at - timedelta(seconds=1)
    assert not await there.live.refresh()
    there.clock.now = at
    assert await there.live.refresh()
    assert there.live().topics["annuity"].audience == "将来"


async def test_version_waits_for_its_first_day_and_the_one_before_stays(here: Room) -> None:
    number = await here.submitted(topic(audience="明年", valid_from=date(2027, 1, 1)))
    at = await here.publishing.publish(REVIEWER, ANNUITY, number, None, "同意")

    assert at == datetime(2026, 12, 31, 16, tzinfo=timezone.utc), "midnight in China"
    assert here.live().topics["annuity"] == topic()
    here.clock.now = at
    await here.live.refresh()
    assert here.live().topics["annuity"].audience == "明年"


async def test_publication_that_was_called_off_does_not_come(here: Room) -> None:
    number = await here.submitted(topic(audience="将来"))
    at = here.clock() + timedelta(days=1)
    await here.publishing.publish(REVIEWER, ANNUITY, number, at, "同意")
    await here.publishing.unschedule(REVIEWER, ANNUITY, number, "取消")

    here.clock.now = at
    await here.live.refresh()

    assert here.live().topics["annuity"] == topic()
    assert (await here.store.versions(ANNUITY))[0].state is State.DRAFT


@pytest.mark.parametrize("text", ["{}", '{"id":"annuity"}', "nonsense"])
async def test_what_is_broken_in_the_database_is_not_taken_over(here: Room, database: Database, text: str) -> None:
    before = here.live()
    async with database.sessions.begin() as session:
        await session.execute(update(ContentVersion).where(ContentVersion.key == "annuity").values(content=text))
        await session.execute(update(ContentCounter).values(number=9))

    assert not await here.live.refresh()
    assert here.live() is before


async def test_reader_before_the_first_load_is_told(here: Room, clock: SetClock) -> None:
    with pytest.raises(RuntimeError, match="has not been loaded"):
        LiveKnowledge(here.store, clock)()


async def test_editor_and_time_of_a_version_are_kept(here: Room) -> None:
    await here.published(topic(audience="新的"))

    latest, first = await here.store.versions(ANNUITY)

    assert (latest.author, latest.created_at, latest.note) == (EDITOR, here.clock(), "改")
    assert latest.decision is not None
    assert (latest.decision.by, latest.decision.note) == (REVIEWER, "同意")
    assert (first.number, first.author.name) == (1, None)
