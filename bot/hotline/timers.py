"""Timers of the desk, kept in the database: silent owners lose a conversation, silent workers end theirs."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

import structlog

from bot.conversation.insist import Pause
from bot.hotline.model import LEFT, NOBODY_CAME, Case, Event, Kind, Priority, Reason, State
from bot.hotline.ports import Cases, Change
from bot.hotline.settings import DeskSettings
from bot.hours.port import WorkingTime
from bot.waiting import for_ever

LOOK_EVERY = 5.0

log = structlog.get_logger()


class Timers:
    """Each process works on what is due; whoever is first does it, by compare-and-set."""

    def __init__(
        self,
        cases: Cases,
        working: WorkingTime,
        settings: DeskSettings,
        now: Callable[[], datetime],
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._cases = cases
        self._working = working
        self._settings = settings
        self._now = now
        self._pause = pause

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.work, LOOK_EVERY, self._pause, "desk_timers_failed")

    async def work(self) -> int:
        """Do what is due; how many conversations that changed."""
        done = 0
        for case in await self._cases.due(self._now()):
            change = self._change(case)
            if change is None:
                later = self._working.due(self._now(), self._settings.silent_agent, case.team)
                await self._cases.put_off(case, later)
            elif await self._cases.change(change):
                log.info("desk_timer", kind=change.event.kind.value, waiting=change.state is State.WAITING)
                done += 1
        return done

    def _change(self, case: Case) -> Change | None:
        """What is to become of it; None where the hours have changed, and nobody is at work now after all."""
        now = self._now()
        if case.state is State.WAITING:
            return self._ended(case, NOBODY_CAME)
        if not case.unread:
            return self._ended(case, LEFT)
        if not self._working.is_open(now, case.team):
            return None
        values = {
            "reason": Reason.SILENT.value,
            "priority": max(int(Priority.RETURNED), case.priority),
            "waiting_since": now,
            "due_at": self._working.due(now, self._settings.longest_wait, case.team),
        }
        event = Event(now, Kind.SILENT, "", case.owner_name)
        return Change(case.id, case.version, State.WAITING, None, event, None, values, overdue=True)

    def _ended(self, case: Case, outcome: str) -> Change:
        now = self._now()
        values = {"closed_at": now, "outcome": outcome, "due_at": None}
        return Change(
            case.id, case.version, State.CLOSED, None, Event(now, Kind.CLOSED, "", outcome), None, values, True
        )
