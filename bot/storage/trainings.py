"""Keeps the trainings; a unique column lets one at a time be under way, whichever process begins it."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import defer

from bot.accounts.audit import Actor, Entry
from bot.learning.model import Ended, Report, State, Training
from bot.learning.ports import Progress
from bot.storage.audit import record
from bot.storage.sessions import Sessions
from bot.storage.training_tables import TrainingRun

_SHOWN = 20
_SLOT = 1


class TrainingRepository:
    """See bot.learning.ports.Trainings."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def begin(self, by: Actor, *, serve: bool, now: datetime, alive_until: datetime) -> int | None:
        """See the port."""
        gone = (TrainingRun.slot == _SLOT, TrainingRun.alive_until <= now)
        run = TrainingRun(
            slot=_SLOT,
            by_id=by.id,
            by_name=by.name,
            at=now,
            serve=serve,
            state=State.RUNNING.value,
            stage="waiting",
            done=0,
            total=0,
            alive_until=alive_until,
            problem="",
        )
        try:
            async with self._sessions.begin() as session:
                given_up = {"slot": None, "state": State.FAILED.value, "ended_at": now}
                await session.execute(update(TrainingRun).where(*gone).values(given_up))
                session.add(run)
                await session.flush()
                record(session, Entry(now, by, "train", "training", str(run.id)))
                return run.id
        except IntegrityError:
            return None

    async def progress(self, number: int, progress: Progress, now: datetime, alive_until: datetime) -> bool:
        """See the port."""
        told = {"stage": progress.stage[:64], "done": progress.done, "total": progress.total}
        statement = update(TrainingRun).where(*_running(number)).values({**told, "alive_until": alive_until})
        async with self._sessions.begin() as session:
            return await session.scalar(statement.returning(TrainingRun.id)) is not None

    async def finish(self, number: int, ended: Ended, entry: Entry) -> bool:
        """See the port."""
        values = {
            "slot": None,
            "state": ended.state.value,
            "ended_at": entry.at,
            "digest": ended.digest,
            "accuracy": ended.report.after.accuracy if ended.report else None,
            "problem": ended.problem,
            "report": msgspec.json.encode(ended.report).decode() if ended.report else None,
        }
        statement = update(TrainingRun).where(*_running(number)).values(values).returning(TrainingRun.id)
        async with self._sessions.begin() as session:
            if await session.scalar(statement) is None:
                return False
            record(session, entry)
        return True

    async def latest(self, now: datetime) -> list[Training]:
        """See the port."""
        query = select(TrainingRun).options(defer(TrainingRun.report)).order_by(TrainingRun.id.desc()).limit(_SHOWN)
        async with self._sessions() as session:
            return [_training(row, now) for row in await session.scalars(query)]

    async def find(self, number: int, now: datetime) -> Training | None:
        """See the port."""
        query = select(TrainingRun).options(defer(TrainingRun.report)).where(TrainingRun.id == number)
        async with self._sessions() as session:
            row = await session.scalar(query)
        return None if row is None else _training(row, now)

    async def report(self, number: int) -> Report | None:
        """See the port."""
        async with self._sessions() as session:
            text = await session.scalar(select(TrainingRun.report).where(TrainingRun.id == number))
        return msgspec.json.decode(text, type=Report) if text else None


def _running(number: int) -> tuple[ColumnElement[bool], ...]:
    return TrainingRun.id == number, TrainingRun.slot == _SLOT


def _training(row: TrainingRun, now: datetime) -> Training:
    state = State(row.state)
    if state is State.RUNNING and row.alive_until <= now:
        state = State.FAILED
    return Training(
        row.id,
        Actor(row.by_id, row.by_name),
        row.at,
        row.serve,
        state,
        row.stage,
        row.done,
        row.total,
        row.ended_at,
        row.digest,
        row.accuracy,
        row.problem,
    )
