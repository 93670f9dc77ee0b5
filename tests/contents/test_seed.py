"""The shipped content goes into an empty database once, and what a newer program needs is added."""

from __future__ import annotations

import asyncio

import msgspec
from sqlalchemy import delete, update

from bot.accounts.audit import Filter
from bot.content.seed import CONTACTS, REPLIES, seed
from bot.storage.content_tables import ContentVersion
from bot.storage.database import Database
from policies_kb.model import KnowledgeBase
from policies_kb.parts import encode, parts_of, shared_part
from tests.accounts.cast import SetClock
from tests.factories import knowledge

from .cast import Room, room


def no_content() -> KnowledgeBase:
    raise AssertionError("content is there already")


async def test_what_was_put_in_is_served(here: Room) -> None:
    assert here.live() == knowledge()
    [entry] = await here.log.page(Filter(), None, 9)
    assert (entry.entry.verb, entry.entry.after) == ("seed", {"parts": len(parts_of(knowledge()))})


async def test_second_start_changes_nothing(here: Room) -> None:
    counter = await here.store.counter()

    await seed(here.store, no_content, here.clock())

    assert await here.store.counter() == counter


async def test_processes_that_start_at_once_put_it_in_once(database: Database, clock: SetClock) -> None:
    rooms = [room(database.sessions, clock) for _ in range(4)]

    await asyncio.gather(*(seed(one.store, knowledge, clock()) for one in rooms))

    assert len(await rooms[0].store.versions(REPLIES)) == 1
    assert await rooms[0].store.counter() == 1


async def test_reply_that_a_newer_program_needs_is_added(here: Room, database: Database) -> None:
    older = encode({name: reply for name, reply in knowledge().replies.items() if name != "welcome"}).decode()
    async with database.sessions.begin() as session:
        await session.execute(update(ContentVersion).where(ContentVersion.key == "replies").values(content=older))

    await seed(here.store, knowledge, here.clock())
    await here.live.refresh()

    assert here.live().replies == knowledge().replies
    assert [one.number for one in await here.store.versions(REPLIES)] == [2, 1]


async def test_shared_file_that_a_newer_program_needs_is_added_with_whom_it_names(
    here: Room, database: Database
) -> None:
    older = encode({name: one for name, one in knowledge().contacts.items() if name != "union"}).decode()
    async with database.sessions.begin() as session:
        await session.execute(update(ContentVersion).where(ContentVersion.key == "contacts").values(content=older))
        await session.execute(delete(ContentVersion).where(ContentVersion.key == "urgent"))

    await seed(here.store, knowledge, here.clock())
    await here.live.refresh()

    assert here.live() == knowledge()
    assert [one.number for one in await here.store.versions(CONTACTS)] == [2, 1]


async def test_questions_for_practice_are_added_as_far_as_older_content_has_their_facts(
    here: Room, database: Database
) -> None:
    older = encode(msgspec.structs.replace(knowledge().topics["prize"], facts=knowledge().topics["prize"].facts[1:]))
    async with database.sessions.begin() as session:
        await session.execute(
            update(ContentVersion).where(ContentVersion.key == "prize").values(content=older.decode())
        )
        await session.execute(delete(ContentVersion).where(ContentVersion.key == "quiz"))

    await seed(here.store, knowledge, here.clock())

    (version,) = await here.store.versions(shared_part("quiz"))
    assert set(version.value) == {"subsidy_insured", "subsidy_deadline"}
