"""One training, from its questions to its report; it runs in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import msgspec
import structlog

from bot.accounts.audit import Actor, Entry
from bot.assistant import training
from bot.assistant.models import Models, Origin, fetched
from bot.assistant.training import TrainingFailed
from bot.evaluation.cases import Case
from bot.evaluation.run import Judged
from bot.learning import examination
from bot.learning.model import Ended, Report, State
from bot.learning.ports import Examiner, Progress, Questions, Trainer, Trainings
from bot.learning.quality import Quality, QualityMissing
from bot.learning.service import ModelService

BEAT = 1.0
"""Seconds between two notes of how far it is."""
LIFE = timedelta(seconds=30)
"""After so long without a note its process is taken to be gone."""

log = structlog.get_logger()


class Course:
    """`quality` reads what models are examined with; `folder` is where models in service are fetched to."""

    def __init__(
        self,
        trainings: Trainings,
        models: Models,
        questions: Questions,
        trainer: Trainer,
        examiner: Examiner,
        quality: Callable[[], Quality],
        service: ModelService,
        folder: Path,
        now: Callable[[], datetime],
        beat: float = BEAT,
    ) -> None:
        self._trainings = trainings
        self._models = models
        self._questions = questions
        self._trainer = trainer
        self._examiner = examiner
        self._quality = quality
        self._service = service
        self._folder = folder
        self._now = now
        self._beat = beat
        self._progress = Progress("waiting")

    async def run(self, number: int) -> Ended:
        """Train, examine, keep what is good enough, and put it into service where that was wanted."""
        begun = await self._trainings.find(number, self._now())
        if begun is None or begun.state is not State.RUNNING:
            raise LookupError(number)
        learning = asyncio.create_task(self._ended(begun.by))
        beating = asyncio.create_task(self._keep(number, learning))
        try:
            ended = await learning
        finally:
            beating.cancel()
        by, result = begun.by, {"result": ended.state.value}
        entry = Entry(self._now(), by, "train_end", "training", str(number), after=result)
        kept = await self._trainings.finish(number, ended, entry)
        if kept and begun.serve and ended.state is State.READY and ended.digest is not None:
            await self._service.use(by, ended.digest, "")
        return ended

    async def _ended(self, by: Actor) -> Ended:
        try:
            return await self._learn(by)
        except (TrainingFailed, QualityMissing) as error:
            return Ended(State.FAILED, problem=str(error))
        except Exception as error:
            log.exception("training_failed")
            return Ended(State.FAILED, problem=type(error).__name__)

    async def _learn(self, by: Actor) -> Ended:
        quality = await asyncio.to_thread(self._quality)
        questions = await self._questions.all()
        digest = training.digest_with(questions)
        path = await asyncio.to_thread(self._trainer.train, questions, self._stage)
        asked = [*quality.held_out, *quality.must_pass]
        after = await self._examined(path, asked, "examining")
        served = await self._models.in_service(training.code_digest())
        before = after if served == digest else None
        if before is None and served is not None:
            known = await fetched(self._models, self._folder, served)
            before = await self._examined(known, list(quality.held_out), "examining_served")
        held_out = sum(len(case.turns) for case in quality.held_out)
        own, must_pass = after[:held_out], after[held_out:]
        found = examination.report(before[:held_out] if before else None, own, must_pass, quality.tolerance)
        found = msgspec.structs.replace(found, questions=sum(map(len, questions.values())))
        await self._keep_models(digest, served, path, by, found)
        if served == digest:
            return Ended(State.UNCHANGED, digest, found)
        return Ended(State.READY if found.accepted else State.REFUSED, digest, found)

    async def _keep_models(self, digest: str, served: str | None, path: Path, by: Actor, found: Report) -> None:
        self._stage("storing")
        if found.accepted:
            origin = Origin(training.digest(), by.name, found.after.accuracy)
            archive = await asyncio.to_thread(path.read_bytes)
            await self._models.store(digest, training.code_digest(), archive, origin, serve=False)
            await self._models.measured(digest, found.after.accuracy)
        if served is not None and found.before is not None:
            await self._models.measured(served, found.before.accuracy)

    async def _examined(self, model: Path, cases: list[Case], stage: str) -> list[Judged]:
        self._progress = Progress(stage, 0, len(cases))
        return await self._examiner.examine(model, cases, self._done)

    def _stage(self, stage: str) -> None:
        self._progress = Progress(stage)

    def _done(self, done: int) -> None:
        self._progress = replace(self._progress, done=done)

    async def _keep(self, number: int, learning: asyncio.Task[Ended]) -> None:
        """Tell that the process lives; it stops where another one was begun in its place."""
        while True:
            try:
                now = self._now()
                if not await self._trainings.progress(number, self._progress, now, now + LIFE):
                    learning.cancel()
            except Exception as error:
                log.warning("progress_not_kept", training=number, error=type(error).__name__)
            await asyncio.sleep(self._beat)
