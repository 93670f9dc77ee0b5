"""Working time as other rooms ask for it, and a stand-in for a hotline that never closes."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Protocol

from bot.hours.model import Targets

EVERYBODY = ""
"""The team that everybody belongs to; a team without hours of its own has these."""


class WorkingTime(Protocol):
    """The hours in which people answer, of all or of a team; asking costs nothing, so it may be done for each message."""

    def is_open(self, moment: datetime, team: str = EVERYBODY) -> bool:
        """Whether somebody is at work."""

    def next_opening(self, moment: datetime, team: str = EVERYBODY) -> datetime | None:
        """When somebody is at work next: the moment itself where it is open, None where that is not foreseen."""

    def worked(self, since: datetime, until: datetime, team: str = EVERYBODY) -> timedelta:
        """How much working time lies between two moments; none where the second is not later."""

    def due(self, moment: datetime, working: timedelta, team: str = EVERYBODY) -> datetime | None:
        """When so much working time will have passed; None where that is not foreseen."""

    def targets(self, team: str = EVERYBODY) -> Targets:
        """Within how many working minutes workers are to be answered; a target of none is no target."""


class AlwaysOpen:
    """Every hour is a working hour."""

    def is_open(self, moment: datetime, team: str = EVERYBODY) -> bool:
        """See the port."""
        return True

    def next_opening(self, moment: datetime, team: str = EVERYBODY) -> datetime | None:
        """See the port."""
        return moment

    def worked(self, since: datetime, until: datetime, team: str = EVERYBODY) -> timedelta:
        """See the port."""
        return max(until - since, timedelta())

    def due(self, moment: datetime, working: timedelta, team: str = EVERYBODY) -> datetime | None:
        """See the port."""
        return moment + working

    def targets(self, team: str = EVERYBODY) -> Targets:
        """None: nobody who keeps no hours has promised anything."""
        return Targets(0, 0)
