"""Asks batches in the background, one after the other, resting as long as it works so that workers come first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

import structlog

from bot.accounts.audit import Actor
from bot.conversation.insist import Pause
from bot.trial.asking import Asking
from bot.trial.judging import judged
from bot.trial.model import Conditions, Result, Row, Setting, State
from bot.trial.ports import Runs
from bot.trial.stage import Stage

BEAT = 1.0
"""Seconds between two notes of how far a batch is."""
LIFE = timedelta(seconds=30)
"""After so long without a note its process is taken to be gone."""
MOST_WAITING = 4
"""Batches that a process takes on at once."""

log = structlog.get_logger()


class TooMany(Exception):
    """So many batches are waiting that another one is not taken."""


class Batches:
    """Those of this process."""

    def __init__(
        self, runs: Runs, asking: Asking, stage: Stage, now: Callable[[], datetime], pause: Pause = asyncio.sleep
    ) -> None:
        self.runs = runs
        self._asking = asking
        self._stage = stage
        self._now = now
        self._pause = pause
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    async def begin(self, by: Actor, name: str, rows: Sequence[Row], wanted: Sequence[Conditions]) -> list[int]:
        """Ask the rows under each of the conditions; their numbers. Raises TooMany."""
        if len(self._tasks) + len(wanted) > MOST_WAITING:
            raise TooMany
        numbers = []
        for conditions in wanted:
            content = (await self._stage.suppose(Conditions())).content
            setting = Setting(name, by, self._now(), conditions, self._asking.model.digest, content)
            number = await self.runs.add(setting, rows, self._now() + LIFE)
            task = asyncio.create_task(self._run(number, conditions, rows))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
            numbers.append(number)
        return numbers

    async def ended(self) -> None:
        """Wait for all that are under way."""
        await asyncio.gather(*self._tasks)

    async def close(self) -> None:
        """Give up what is under way; it stands as interrupted."""
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _run(self, number: int, conditions: Conditions, rows: Sequence[Row]) -> None:
        results: list[Result] = []
        beating = asyncio.create_task(self._beat(number, results))
        try:
            async with self._turn:
                staged = await self._stage.suppose(conditions)
                for row in rows:
                    began = asyncio.get_running_loop().time()
                    (answer,) = await self._asking.ask([row.question], staged.supposed)
                    results.append(judged(row, answer))
                    await self._pause(asyncio.get_running_loop().time() - began)
                left_out = [str(one.part.key) for one in staged.left_out]
                await self.runs.finish(number, State.DONE, results, left_out)
        except Exception as error:
            log.exception("batch_failed", run=number, error=type(error).__name__)
            await self.runs.finish(number, State.FAILED, results, ())
        finally:
            beating.cancel()

    async def _beat(self, number: int, results: Sequence[Result]) -> None:
        while True:
            await asyncio.sleep(BEAT)
            try:
                await self.runs.progress(number, len(results), self._now() + LIFE)
            except Exception as error:
                log.warning("progress_not_kept", run=number, error=type(error).__name__)
