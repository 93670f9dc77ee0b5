"""Two processes over one database take up a new model while they answer."""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import pytest

from bot.assistant.following import FollowingAssistant
from bot.assistant.port import Message, Reply
from bot.storage.database import Database
from bot.storage.models import ModelRepository
from tests.fakes import FakeClock


class Loaded:
    """An assistant that says which model it is; it answers once `open` is set."""

    def __init__(self, name: str) -> None:
        self._name = name
        self.open = asyncio.Event()
        self.open.set()

    async def ask(self, conversation: str, text: str) -> Reply:
        """The name of the model."""
        await self.open.wait()
        return Reply((Message(self._name),))

    async def ping(self) -> None:
        """Always well."""


class Process:
    """One that follows; `gate` holds back the loading of a model, which a thread does."""

    def __init__(self, models: ModelRepository, folder: Path) -> None:
        self.first = Loaded("a")
        self.loads = 0
        self.gate = threading.Event()
        self.gate.set()
        self.following = FollowingAssistant(self.first, "a", self._load, models, "code", folder)

    def _load(self, path: Path) -> Loaded:
        assert self.gate.wait(10)
        self.loads += 1
        content = path.read_text()
        if content == "unusable":
            raise ValueError(content)
        return Loaded(content)

    async def answers(self) -> str:
        """Which model answers."""
        return (await self.following.ask("web:worker", "年金")).messages[0].text


@pytest.fixture
def models(database: Database) -> ModelRepository:
    return ModelRepository(database.sessions, FakeClock())


@pytest.fixture
async def processes(models: ModelRepository, tmp_path: Path) -> tuple[Process, Process]:
    await models.store("a", "code", b"a")
    return Process(models, tmp_path / "one"), Process(models, tmp_path / "other")


async def test_new_model_reaches_both_by_the_next_look(
    models: ModelRepository, processes: tuple[Process, Process]
) -> None:
    await models.store("b", "code", b"b")
    before = [await process.answers() for process in processes]

    for process in processes:
        await process.following.look()

    assert before == ["a", "a"]
    assert [await process.answers() for process in processes] == ["b", "b"]


async def test_nothing_is_loaded_while_nothing_changes(
    models: ModelRepository, processes: tuple[Process, Process]
) -> None:
    process, _ = processes
    await models.store("of other code", "other", b"x")

    for _ in range(3):
        await process.following.look()

    assert process.loads == 0


async def test_answers_go_on_while_a_model_is_loaded(
    models: ModelRepository, processes: tuple[Process, Process]
) -> None:
    process, _ = processes
    process.gate.clear()
    await models.store("b", "code", b"b")
    looking = asyncio.create_task(process.following.look())

    during = [await process.answers() for _ in range(100)]
    process.gate.set()
    await looking

    assert set(during) == {"a"}
    assert await process.answers() == "b"


async def test_message_under_way_ends_with_the_model_that_it_began_with(
    models: ModelRepository, processes: tuple[Process, Process]
) -> None:
    process, _ = processes
    process.first.open.clear()
    under_way = asyncio.create_task(process.answers())
    await asyncio.sleep(0)

    await models.store("b", "code", b"b")
    await process.following.look()
    later = await process.answers()
    process.first.open.set()

    assert (later, await under_way) == ("b", "a")


async def test_model_that_cannot_be_loaded_is_refused_once(
    models: ModelRepository, processes: tuple[Process, Process]
) -> None:
    process, _ = processes
    await models.store("b", "code", b"unusable")

    for _ in range(3):
        await process.following.look()
    assert (await process.answers(), process.loads) == ("a", 1)

    await models.store("c", "code", b"c")
    await process.following.look()
    assert await process.answers() == "c"


async def test_going_back_is_taken_up_too(models: ModelRepository, processes: tuple[Process, Process]) -> None:
    process, _ = processes
    await models.store("b", "code", b"b")
    await process.following.look()

    await models.choose("a")
    await process.following.look()

    assert await process.answers() == "a"


async def test_run_survives_a_lost_database_and_wakes_at_once(
    models: ModelRepository, processes: tuple[Process, Process], monkeypatch: pytest.MonkeyPatch
) -> None:
    process, _ = processes
    monkeypatch.setattr("bot.assistant.following.POLL", 3600)
    found, failures = models.in_service, [OSError()]
    looked = asyncio.Event()

    async def in_service(code: str) -> str | None:
        looked.set()
        if failures:
            raise failures.pop()
        return await found(code)

    monkeypatch.setattr(models, "in_service", in_service)
    await models.store("b", "code", b"b")
    running = asyncio.create_task(process.following.run())
    # It fails, takes the model up, and looks again once that is done.
    for _ in range(3):
        looked.clear()
        process.following.wake()
        await asyncio.wait_for(looked.wait(), 10)
    running.cancel()
    await asyncio.wait({running})

    assert await process.answers() == "b"
