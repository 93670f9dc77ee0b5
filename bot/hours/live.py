"""The hours in this process, read anew every two seconds: working time for whoever asks."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta

import msgspec
import structlog

from bot.hours import calendar
from bot.hours.model import Hours, Kept, Targets
from bot.hours.port import EVERYBODY
from bot.hours.ports import Calendars
from bot.waiting import for_ever

LOOK_EVERY = 2.0
"""Seconds between two looks."""

log = structlog.get_logger()


class LiveHours:
    """See bot.hours.port.WorkingTime. While the database is lost, the hours are those that were read last."""

    def __init__(
        self, store: Calendars, default: Hours, pause: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._store = store
        self._pause = pause
        self.kept: Mapping[str, Kept] = {EVERYBODY: Kept(EVERYBODY, default, 0)}
        self._default = self.kept
        self._made: dict[str, Hours] = {}

    def of(self, team: str = EVERYBODY) -> Hours:
        """The hours that hold for a team: its own, in which the special days of all are in force, or those of all."""
        if team not in self._made:
            everybody = self.kept[EVERYBODY].hours
            own = self.kept.get(team, self.kept[EVERYBODY]).hours
            self._made[team] = msgspec.structs.replace(own, days={**everybody.days, **own.days})
        return self._made[team]

    async def refresh(self) -> None:
        """Read what is kept."""
        found = {**self._default, **{one.team: one for one in await self._store.everything()}}
        if found != self.kept:
            self.kept, self._made = found, {}
            log.info("hours_changed", teams=len(found))

    async def run(self) -> None:
        """Look for ever."""
        await for_ever(self.refresh, LOOK_EVERY, self._pause, "hours_not_read")

    def is_open(self, moment: datetime, team: str = EVERYBODY) -> bool:
        """See the port."""
        return calendar.is_open(self.of(team), moment)

    def next_opening(self, moment: datetime, team: str = EVERYBODY) -> datetime | None:
        """See the port."""
        return calendar.next_opening(self.of(team), moment)

    def worked(self, since: datetime, until: datetime, team: str = EVERYBODY) -> timedelta:
        """See the port."""
        return calendar.worked(self.of(team), since, until)

    def due(self, moment: datetime, working: timedelta, team: str = EVERYBODY) -> datetime | None:
        """See the port."""
        return calendar.due(self.of(team), moment, working)

    def targets(self, team: str = EVERYBODY) -> Targets:
        """See the port."""
        return self.of(team).targets
