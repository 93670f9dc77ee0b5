"""Changes of the hours by administrators: on top of the version that was seen, with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import msgspec

from bot.accounts.audit import Actor, Entry
from bot.hours.errors import Problem, Refusal, Refused, TeamNotFound
from bot.hours.live import LiveHours
from bot.hours.model import Hours, Kept, Kind, Periods, Special, Targets
from bot.hours.planning import changes
from bot.hours.port import EVERYBODY
from bot.hours.ports import Calendars
from bot.hours.sheets import Names

MOST_DAYS = 31
"""Days that one form may name."""
LONGEST_TEAM = 16


class Keeping:
    """Hours are changed here at once, and in other processes within seconds."""

    def __init__(self, store: Calendars, live: LiveHours, now: Callable[[], datetime], names: Names) -> None:
        self._store = store
        self._now = now
        self._names = names
        self.live = live

    async def of(self, team: str) -> Kept:
        """A team's own hours as they are kept now; raises TeamNotFound."""
        await self.live.refresh()
        if team not in self.live.kept:
            raise TeamNotFound(team)
        return self.live.kept[team]

    async def week(self, by: Actor, team: str, seen: int, week: Sequence[Periods], targets: Targets) -> None:
        """Replace the weekdays and the targets."""
        hours = (await self.of(team)).hours
        await self.keep(by, team, seen, msgspec.structs.replace(hours, week=tuple(week), targets=targets), "change")

    async def mark(self, by: Actor, team: str, seen: int, days: tuple[date, date], special: Special | None) -> None:
        """Make each day of a span a special one, or an ordinary one again."""
        first, last = days
        if last < first:
            raise Refused(Problem("until", Refusal.DAY_ORDER))
        if (last - first).days >= MOST_DAYS:
            raise Refused(Problem("until", Refusal.MANY_DAYS, {"most": MOST_DAYS}))
        hours = (await self.of(team)).hours
        if special is not None and special.kind is Kind.ON and not (special.periods or hours.usual):
            raise Refused(Problem("periods", Refusal.NO_USUAL))
        named = [first + timedelta(days=number) for number in range((last - first).days + 1)]
        kept = {day: one for day, one in hours.days.items() if day not in named}
        if special is not None:
            kept |= dict.fromkeys(named, special)
        await self.keep(by, team, seen, msgspec.structs.replace(hours, days=kept), "change")

    async def keep(self, by: Actor, team: str, seen: int, hours: Hours, verb: str) -> None:
        """Keep hours on top of the version that was seen; raises Refused where another change came first."""
        before = await self.of(team)
        entry = self._entry(by, team, verb, before.hours, hours)
        kept = Kept(team, hours, seen + 1, entry.at, by.name)
        if before.version != seen or not await self._store.change(kept, entry):
            raise Refused(Problem("seen", Refusal.STALE))
        await self.live.refresh()

    async def add_team(self, by: Actor, team: str) -> None:
        """Give a team hours of its own, which are those of all at first."""
        await self.live.refresh()
        if not 0 < len(team) <= LONGEST_TEAM:
            raise Refused(Problem("team", Refusal.TEAM_NAME, {"most": LONGEST_TEAM}))
        hours = msgspec.structs.replace(self.live.of(), days={})
        entry = Entry(self._now(), by, "add", "hours", team)
        if team in self.live.kept or not await self._store.change(Kept(team, hours, 1, entry.at, by.name), entry):
            raise Refused(Problem("team", Refusal.TEAM_TAKEN))
        await self.live.refresh()

    async def remove_team(self, by: Actor, team: str, seen: int) -> None:
        """Let a team have the hours of all again; raises TeamNotFound."""
        await self.of(team)
        if team == EVERYBODY:
            raise TeamNotFound(team)
        if not await self._store.remove(team, seen, Entry(self._now(), by, "remove", "hours", team)):
            raise Refused(Problem("seen", Refusal.STALE))
        await self.live.refresh()

    def _entry(self, by: Actor, team: str, verb: str, before: Hours, after: Hours) -> Entry:
        """In the log stands what differs, as rows of text."""
        told = list(changes(before, after, self._names))
        old, new = (
            "；".join(" ".join(filter(None, row)) for row in rows)
            for rows in ([one.before for one in told], [one.after for one in told])
        )
        values = [
            {"hours": text, "targets": f"{one.targets.first}/{one.targets.resolution}"}
            for text, one in ((old, before), (new, after))
        ]
        return Entry(self._now(), by, verb, "hours", team, before=values[0], after=values[1])
