"""The small content, published, and the fake assistant that is asked on trial."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.content.live import LiveKnowledge
from bot.content.seed import seed
from bot.conversation.memory import TurnMemory
from bot.nlu.decision import Thresholds
from bot.storage.database import Database
from bot.storage.trials import TrialRepository
from bot.trial.asking import Asking
from bot.trial.batches import Batches
from bot.trial.stage import Stage
from bot.wechat.text import render
from tests.accounts.cast import SetClock
from tests.contents.cast import Room, room
from tests.factories import knowledge
from tests.fakes import FakeStates, RememberingAssistant


class FakeModel:
    """A model with a name, which decides by the usual thresholds."""

    digest = "digest"

    async def thresholds(self) -> Thresholds:
        return Thresholds()


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
async def here(database: Database, clock: SetClock) -> Room:
    made = room(database.sessions, clock)
    await seed(made.store, knowledge, clock())
    await made.live.load()
    return made


@pytest.fixture
def states() -> FakeStates:
    return FakeStates()


@pytest.fixture
def memory(states: FakeStates) -> TurnMemory:
    return TurnMemory(states)


@pytest.fixture
def assistant(memory: TurnMemory) -> RememberingAssistant:
    return RememberingAssistant(memory)


@pytest.fixture
def asking(assistant: RememberingAssistant, memory: TurnMemory, clock: SetClock) -> Asking:
    return Asking(assistant, memory, FakeModel(), render, clock)


@pytest.fixture
def stage(here: Room, clock: SetClock) -> Stage:
    return Stage(here.store, here.live, clock)


@pytest.fixture
async def batches(database: Database, asking: Asking, stage: Stage, clock: SetClock) -> AsyncIterator[Batches]:
    async def at_once(seconds: float) -> None:
        """No rest."""

    made = Batches(TrialRepository(database.sessions), asking, stage, clock, at_once)
    yield made
    await made.close()


@pytest.fixture
def live(here: Room) -> LiveKnowledge:
    return here.live
