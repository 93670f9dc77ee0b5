"""What this room needs of the storage, and of what answers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.nlu.decision import Thresholds
from bot.trial.model import Result, Row, Run, Setting, State


class Runs(Protocol):
    """Where batches are kept."""

    async def add(self, setting: Setting, rows: Sequence[Row], alive_until: datetime) -> int:
        """Keep a batch that is to be asked, and forget the oldest beyond those that are kept; its number."""

    async def progress(self, run: int, done: int, alive_until: datetime) -> None:
        """Note how far it is, and that its process lives."""

    async def finish(self, run: int, state: State, results: Sequence[Result], left_out: Sequence[str]) -> None:
        """Keep what came of it."""

    async def latest(self, now: datetime) -> list[Run]:
        """All that are kept, the newest first."""

    async def find(self, run: int, now: datetime) -> Run | None:
        """One of them."""

    async def results(self, run: int) -> list[Result]:
        """What came of it, in the order of its rows; empty while it is being asked."""


class Model(Protocol):
    """What understands the questions at this moment."""

    @property
    def digest(self) -> str:
        """Its name; empty where it has none."""

    async def thresholds(self) -> Thresholds:
        """What it decides by."""
