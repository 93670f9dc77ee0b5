"""Keeps what was tried out in batches, and no more than the last of them."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, delete, select, update
from sqlalchemy.orm import defer

from bot.accounts.audit import Actor
from bot.storage.sessions import Sessions
from bot.storage.trial_tables import TrialRun
from bot.trial.model import Conditions, Result, Row, Run, Setting, State

KEPT = 50


class TrialRepository:
    """See bot.trial.ports.Runs."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def add(self, setting: Setting, rows: Sequence[Row], alive_until: datetime) -> int:
        """See the port."""
        run = TrialRun(
            name=setting.name,
            by_id=setting.by.id,
            by_name=setting.by.name,
            at=setting.at,
            conditions=msgspec.json.encode(setting.conditions).decode(),
            model=setting.model,
            content=setting.content,
            state=State.RUNNING.value,
            alive_until=alive_until,
            total=len(rows),
            done=0,
            right=0,
            failed=0,
            left_out="[]",
        )
        async with self._sessions.begin() as session:
            session.add(run)
            await session.flush()
            older = select(TrialRun.id).order_by(TrialRun.id.desc()).offset(KEPT)
            await session.execute(delete(TrialRun).where(TrialRun.id.in_(list(await session.scalars(older)))))
            return run.id

    async def progress(self, run: int, done: int, alive_until: datetime) -> None:
        """See the port."""
        async with self._sessions.begin() as session:
            values = {"done": done, "alive_until": alive_until}
            await session.execute(update(TrialRun).where(*_running(run)).values(values))

    async def finish(self, run: int, state: State, results: Sequence[Result], left_out: Sequence[str]) -> None:
        """See the port."""
        values = {
            "state": state.value,
            "done": len(results),
            "right": sum(one.passed for one in results),
            "failed": sum(one.failed for one in results),
            "left_out": msgspec.json.encode(list(left_out)).decode(),
            "results": zlib.compress(msgspec.json.encode(list(results))),
        }
        async with self._sessions.begin() as session:
            await session.execute(update(TrialRun).where(*_running(run)).values(values))

    async def latest(self, now: datetime) -> list[Run]:
        """See the port."""
        query = select(TrialRun).options(defer(TrialRun.results)).order_by(TrialRun.id.desc())
        async with self._sessions() as session:
            return [_run(row, now) for row in await session.scalars(query)]

    async def find(self, run: int, now: datetime) -> Run | None:
        """See the port."""
        query = select(TrialRun).options(defer(TrialRun.results)).where(TrialRun.id == run)
        async with self._sessions() as session:
            row = await session.scalar(query)
        return None if row is None else _run(row, now)

    async def results(self, run: int) -> list[Result]:
        """See the port."""
        async with self._sessions() as session:
            packed = await session.scalar(select(TrialRun.results).where(TrialRun.id == run))
        return msgspec.json.decode(zlib.decompress(packed), type=list[Result]) if packed else []


def _running(run: int) -> tuple[ColumnElement[bool], ...]:
    return TrialRun.id == run, TrialRun.state == State.RUNNING.value


def _run(row: TrialRun, now: datetime) -> Run:
    state = State(row.state)
    if state is State.RUNNING and row.alive_until <= now:
        state = State.INTERRUPTED
    conditions = msgspec.json.decode(row.conditions, type=Conditions)
    setting = Setting(row.name, Actor(row.by_id, row.by_name), row.at, conditions, row.model, row.content)
    left_out = tuple(msgspec.json.decode(row.left_out, type=list[str]))
    return Run(row.id, setting, state, row.total, row.done, row.right, row.failed, left_out)
