"""Models in the database: stored in pieces, chosen, fetched whole, and the old ones given up."""

from __future__ import annotations

import pytest
from sqlalchemy import update

from bot.assistant.models import Damaged, Origin
from bot.storage.database import Database
from bot.storage.model_tables import ModelChunk
from bot.storage.models import ModelRepository
from tests.fakes import FakeClock, SetClock

BIG = bytes(range(256)) * 5000


@pytest.fixture
def models(database: Database) -> ModelRepository:
    return ModelRepository(database.sessions, FakeClock())


async def test_model_is_fetched_as_it_was_stored(models: ModelRepository) -> None:
    await models.store("a", "code", BIG)

    assert await models.fetch("a") == BIG
    assert await models.known("a")


async def test_first_store_puts_into_service_and_a_repeat_does_not(models: ModelRepository) -> None:
    await models.store("a", "code", b"1")
    await models.store("b", "code", b"2")
    await models.store("a", "code", b"changed")

    assert await models.in_service("code") == "b"
    assert await models.fetch("a") == b"1"


async def test_model_that_is_only_kept_is_not_in_service_until_it_is_chosen(models: ModelRepository) -> None:
    await models.store("a", "code", b"1")
    await models.store("b", "code", b"2", Origin("files", "admin", 0.9), serve=False)
    before = await models.in_service("code")

    await models.choose("b", "files")

    assert (before, await models.in_service("code")) == ("a", "b")
    assert await models.known("files")
    assert await models.chosen_base("code") == "files"
    found = {one.digest: (one.by, one.accuracy, one.served) for one in await models.versions()}
    assert found == {"a": (None, None, True), "b": ("admin", 0.9, True)}


async def test_choice_counts_though_the_clock_of_the_one_before_was_ahead(database: Database) -> None:
    clock = SetClock()
    models = ModelRepository(database.sessions, clock)
    await models.store("a", "code", b"1")
    await models.store("b", "code", b"2")
    clock.passes(-60)

    await models.choose("a")

    assert await models.in_service("code") == "a"


async def test_chosen_model_is_in_service_for_its_code_only(models: ModelRepository) -> None:
    for digest, code in (("a", "old"), ("b", "old"), ("c", "new")):
        await models.store(digest, code, b"1")

    await models.choose("a")

    assert [await models.in_service(code) for code in ("old", "new", "newer")] == ["a", "c", None]
    assert [(one.digest, one.in_service) for one in await models.versions()] == [("c", True), ("b", False), ("a", True)]


async def test_unknown_model_is_neither_chosen_nor_fetched(models: ModelRepository) -> None:
    with pytest.raises(LookupError):
        await models.choose("a")
    with pytest.raises(LookupError):
        await models.fetch("a")
    assert not await models.known("a")


async def test_only_the_latest_archives_are_kept(models: ModelRepository) -> None:
    await models.store("first", "code", b"1")
    for number in range(4):
        await models.store(str(number), "code", b"1")
    await models.choose("first")
    await models.store("last", "code", b"1")

    kept = [one.digest for one in await models.versions() if one.kept]
    assert kept == ["last", "3", "2", "1", "first"]
    assert await models.known("0")
    with pytest.raises(LookupError):
        await models.choose("0")


async def test_archive_that_was_given_up_can_be_stored_again(models: ModelRepository) -> None:
    for number in range(6):
        await models.store(str(number), "code", b"1")

    await models.store("0", "code", b"2")

    assert await models.fetch("0") == b"2"
    assert await models.in_service("code") == "5"


async def test_damaged_archive_is_not_given_out(models: ModelRepository, database: Database) -> None:
    await models.store("a", "code", BIG)
    async with database.sessions.begin() as session:
        await session.execute(update(ModelChunk).where(ModelChunk.number == 1).values(content=b"x"))

    with pytest.raises(Damaged):
        await models.fetch("a")
