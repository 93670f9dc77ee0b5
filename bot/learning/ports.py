"""What this room needs of the storage, of the content, and of what trains and asks."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol

from bot.accounts.audit import Actor, Entry
from bot.evaluation.cases import Case
from bot.evaluation.run import Judged
from bot.learning.model import Ended, Report, Training


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a training is."""

    stage: str
    done: int = 0
    total: int = 0


class Trainings(Protocol):
    """Where trainings are kept; of all processes at most one is under way."""

    async def begin(self, by: Actor, *, serve: bool, now: datetime, alive_until: datetime) -> int | None:
        """Begin one; None where another one is under way."""

    async def progress(self, number: int, progress: Progress, now: datetime, alive_until: datetime) -> bool:
        """Note how far it is, and that its process lives; False when it was given up meanwhile."""

    async def finish(self, number: int, ended: Ended, entry: Entry) -> bool:
        """Keep what it came to; False when it was given up meanwhile."""

    async def latest(self, now: datetime) -> list[Training]:
        """The last ones, the newest first."""

    async def find(self, number: int, now: datetime) -> Training | None:
        """One of them."""

    async def report(self, number: int) -> Report | None:
        """What its examination found, if it came to that."""


class Questions(Protocol):
    """Questions that editors have added to topics, beside those of the files."""

    async def all(self) -> Mapping[str, Sequence[str]]:
        """For topics, by their ids, their questions."""


class Trainer(Protocol):
    """Makes models."""

    def train(self, questions: Mapping[str, Sequence[str]], progress: Callable[[str], None]) -> Path:
        """Train one, telling each stage; it takes half a minute and blocks. Raises TrainingFailed."""


class Examiner(Protocol):
    """Asks a model what is to be asked of it."""

    async def examine(self, model: Path, cases: Sequence[Case], progress: Callable[[int], None]) -> list[Judged]:
        """Every turn of the cases with its outcome, in their order; `progress` is told how many cases are done."""


class Launcher(Protocol):
    """Begins the work of a training somewhere else than in this process."""

    async def launch(self, number: int) -> None:
        """Begin; returns at once."""
