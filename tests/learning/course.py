"""A training with a trainer and an examiner that take no time, over a real database."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from bot.assistant import training
from bot.assistant.models import Origin
from bot.evaluation.cases import Case, Turn
from bot.evaluation.run import Judged, judge
from bot.learning.course import Course
from bot.learning.quality import Quality, Tolerance
from bot.learning.service import ModelService
from bot.storage.models import ModelRepository
from bot.storage.sessions import Sessions
from bot.storage.trainings import TrainingRepository
from tests.accounts.cast import SetClock
from tests.evaluation.judging import understood

SERVED = "5e4ed"
"""The model in service before anything is trained."""


def case(name: str, topic: str) -> Case:
    return Case(name, "fact", (Turn(f"{name}？", (topic,)),))


HELD_OUT = tuple(case(f"{topic}{number}", topic) for topic in ("annuity", "prize") for number in range(4))
MUST_PASS = (case("must", "annuity"),)
QUALITY = Quality(HELD_OUT, MUST_PASS, Tolerance(overall=0.3, wrong=0.3, topic=1))


class AddedQuestions:
    """What editors have added."""

    def __init__(self) -> None:
        self.questions: dict[str, Sequence[str]] = {"annuity": ["谁给我存年金"]}

    async def all(self) -> Mapping[str, Sequence[str]]:
        return self.questions


class FakeTrainer:
    """Writes what the model takes for what: the names of cases and the labels that it gives instead of the right one."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.mistakes: dict[str, str] = {}
        self.error: Exception | None = None

    def train(self, questions: Mapping[str, Sequence[str]], progress: Callable[[str], None]) -> Path:
        progress("training TopicClassifier")
        if self.error is not None:
            raise self.error
        path = training.path_of(self._folder, training.digest_with(questions))
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(f"{name} {label}" for name, label in self.mistakes.items()))
        return path


class FakeExaminer:
    """Judges by what the trainer wrote; while `open` is cleared, it waits after the first question."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()
        self.open = asyncio.Event()
        self.open.set()

    async def examine(self, model: Path, cases: Sequence[Case], progress: Callable[[int], None]) -> list[Judged]:
        text = await asyncio.to_thread(model.read_text)
        mistakes = dict(line.split(" ", 1) for line in text.splitlines())
        self.reached.set()
        progress(1)
        await self.open.wait()
        found = []
        for one in cases:
            (turn,) = one.turns
            taken = understood(mistakes.get(one.id, f"ask/{turn.topics[0]}"))
            found.append(Judged(one, turn, taken, judge(one.kind, turn, taken)))
        return found


class School:
    """A database with a model in service, and trainings on it."""

    def __init__(self, sessions: Sessions, clock: SetClock, folder: Path) -> None:
        self.clock = clock
        self.trainings = TrainingRepository(sessions)
        self.models = ModelRepository(sessions, clock)
        self.questions = AddedQuestions()
        self.trainer = FakeTrainer(folder / "new")
        self.examiner = FakeExaminer()
        self.quality: Callable[[], Quality] = lambda: QUALITY
        self.told = 0
        self.service = ModelService(self.models, self._tell, clock)
        self.folder = folder
        self.running: set[asyncio.Task[object]] = set()

    async def open(self) -> None:
        """Put a model into service that makes no mistakes."""
        await self.models.store(SERVED, training.code_digest(), b"", Origin(training.digest()))

    def course(self) -> Course:
        return Course(
            self.trainings,
            self.models,
            self.questions,
            self.trainer,
            self.examiner,
            self.quality,
            self.service,
            self.folder / "served",
            self.clock,
            beat=0.01,
        )

    async def launch(self, number: int) -> None:
        """Do the work in this process."""
        task: asyncio.Task[object] = asyncio.create_task(self.course().run(number))
        self.running.add(task)

    async def ended(self) -> None:
        """Wait for the work."""
        await asyncio.gather(*self.running)

    async def _tell(self) -> None:
        self.told += 1
