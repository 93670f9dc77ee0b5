"""A model that is really trained from a poisoned set: refused, and the topics that suffer are named."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

import yaml

from bot.accounts.audit import Actor
from bot.assistant import training
from bot.assistant.models import Origin
from bot.cli.learn import course
from bot.content.seed import seed
from bot.learning import quality
from bot.learning.course import LIFE
from bot.learning.model import State
from bot.learning.quality import Quality
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.models import ModelRepository
from bot.storage.trainings import TrainingRepository
from policies_kb.model import KnowledgeBase
from tests.accounts.cast import SetClock
from tests.factories import settings_in

POISONED = ("subsidy_technician", "delayed_retirement")
"""Two large topics."""


class PoisonedTrainer:
    """Trains on the questions of the project, those of two topics dealt out among them by chance."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def train(self, questions: Mapping[str, Sequence[str]], progress: Callable[[str], None]) -> Path:
        from bot.assistant import trainer

        data = self._folder / "data"
        shutil.copytree(training.NLU_DATA, data)
        self._poison(data / "nlu" / "topics")
        archive = self._folder / "poisoned.tar.gz"
        trainer.train(data, archive, progress, questions)
        return archive

    @staticmethod
    def _poison(topics: Path) -> None:
        files = [topics / f"{name}.yml" for name in POISONED]
        contents = [yaml.safe_load(file.read_text(encoding="utf-8")) for file in files]
        blocks = [content["nlu"][0]["examples"].splitlines(keepends=True) for content in contents]
        dealt = [line for lines in blocks for line in lines]
        random.Random(1).shuffle(dealt)
        for file, content, lines in zip(files, contents, blocks, strict=True):
            content["nlu"][0]["examples"] = "".join(dealt[: len(lines)])
            del dealt[: len(lines)]
            file.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")


async def test_poisoned_model_is_refused_and_the_topics_that_suffer_are_named(
    model: Path, shipped: KnowledgeBase, tmp_path: Path
) -> None:
    settings, clock, by = settings_in(tmp_path), SetClock(), Actor(1, "admin")
    database = Database(settings.database_url)
    try:
        await database.migrate()
        await seed(ContentRepository(database.sessions), lambda: shipped, clock())
        models, trainings = ModelRepository(database.sessions, clock), TrainingRepository(database.sessions)
        await models.store("served", training.code_digest(), model.read_bytes(), Origin("served"))  # noqa: ASYNC240
        made = course(settings, database, tmp_path, _nobody)
        made._trainer = PoisonedTrainer(tmp_path)
        made._now = clock
        made._quality = partial(_few, settings.quality)
        number = await trainings.begin(by, serve=True, now=clock(), alive_until=clock() + LIFE)
        assert number is not None

        ended = await made.run(number)

        assert ended.report is not None
        assert ended.state is State.REFUSED
        assert await models.in_service(training.code_digest()) == "served"
        suffering = next(one for one in ended.report.refusals if one.name == "topics").values["topics"].split()
        assert set(POISONED) <= set(suffering)
        assert all(one.lost for one in ended.report.worse if one.topic in POISONED)
    finally:
        await database.close()


def _few(path: Path) -> Quality:
    """The questions of the poisoned topics and some others: to ask all takes longer than the training."""
    shipped = quality.read(path)
    about = [one for one in shipped.held_out if set(POISONED) & {topic for turn in one.turns for topic in turn.topics}]
    others = [one for one in shipped.held_out if one not in about]
    return replace(shipped, held_out=(*about, *others[::20]))


async def _nobody() -> None:
    """Nobody else has to be told."""
