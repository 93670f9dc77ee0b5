"""The work of a training that was begun in the console; `gongyou serve` starts it in a process of its own."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import suppress
from datetime import datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer

from bot import log, settings
from bot.assistant import making, training
from bot.assistant.port import Understanding
from bot.content.live import LiveKnowledge
from bot.conversation.memory import TurnMemory
from bot.evaluation.cases import Case
from bot.evaluation.run import Judged
from bot.evaluation.run import run as ask_all
from bot.hints import MODEL, hints
from bot.learning import quality
from bot.learning.course import Course
from bot.learning.service import ModelService
from bot.questions import added
from bot.settings import Settings
from bot.storage.clock import utc_now
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.models import ModelRepository
from bot.storage.trainings import TrainingRepository

NICENESS = 10
"""Answering workers comes before learning."""


def learn(number: Annotated[int, typer.Argument(help="The training that was begun in the console.")]) -> None:
    """Do the work of a training that was begun in the console."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    with suppress(OSError):
        os.nice(NICENESS)
    asyncio.run(_learn(chosen, number))


async def _learn(chosen: Settings, number: int) -> None:
    database, told = Database(chosen.database_url), hints(chosen.redis_url)
    try:
        with TemporaryDirectory(prefix="gongyou-training-") as folder:
            await course(chosen, database, Path(folder), partial(told.tell, MODEL)).run(number)
    finally:
        await told.close()
        await database.close()


def course(chosen: Settings, database: Database, folder: Path, tell: Callable[[], Awaitable[None]]) -> Course:
    """A training on a database, with its files in a folder."""
    models = ModelRepository(database.sessions, utc_now)
    live = LiveKnowledge(ContentRepository(database.sessions), utc_now)
    return Course(
        TrainingRepository(database.sessions),
        models,
        added(database.sessions, utc_now),
        RasaTrainer(folder / "new"),
        RasaExaminer(live),
        partial(quality.read, chosen.quality),
        ModelService(models, tell, utc_now),
        folder / "served",
        utc_now,
    )


class RasaTrainer:
    """Trains as `gongyou train` does, into a folder of its own: what is not good enough is not kept."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def train(self, questions: Mapping[str, Sequence[str]], progress: Callable[[str], None]) -> Path:
        """See bot.learning.ports."""
        return training.train(self._folder, progress, questions)


class RasaExaminer:
    """Asks a model in this process, with the published content."""

    def __init__(self, knowledge: LiveKnowledge) -> None:
        self._knowledge = knowledge

    async def examine(self, model: Path, cases: Sequence[Case], progress: Callable[[int], None]) -> list[Judged]:
        """See bot.learning.ports."""
        await self._knowledge.load()
        memory = TurnMemory(_States())
        assistant = await asyncio.to_thread(making.embedded(model), memory, self._knowledge)

        async def understand(conversation: str, text: str) -> Understanding:
            reply = await assistant.ask(conversation, text)
            # Otherwise nothing else would run before the last question.
            await asyncio.sleep(0)
            return reply.understanding or Understanding("", None, 0.0)

        return await ask_all(cases, understand, progress)


class _States:
    """What the assistant remembers of the conversations while they last."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    async def load(self, conversation: str) -> bytes | None:
        return self._kept.get(conversation)

    async def save(self, conversation: str, state: bytes) -> None:
        self._kept[conversation] = state

    async def forget_before(self, moment: datetime) -> None:
        self._kept.clear()
