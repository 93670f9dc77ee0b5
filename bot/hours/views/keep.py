"""The page of the hours: the week, the special days and the targets of all or of a team."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import urlencode

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.hours import published
from bot.hours.entered import days_of, seen_of, week_of
from bot.hours.errors import Refused, TeamNotFound
from bot.hours.model import Kept
from bot.hours.port import EVERYBODY
from bot.hours.reading import written
from bot.hours.room import HoursRoom
from bot.hours.words import Words
from policies_kb.chinese_date import HERE

PATH = "/admin/hours"
_PUBLISHED_IN = 11
"""From November on, the holidays of the next year are known."""


def address(team: str) -> str:
    """The page of a team."""
    return f"{PATH}?{urlencode({'team': team})}" if team else PATH


class KeepViews:
    """What is refused is shown again as it was entered, with what is wrong beside it."""

    def __init__(self, room: HoursRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """The hours of all, or of the team that is asked for."""
        return await self._page(request, request.query.get("team", EVERYBODY), {})

    async def week(self, request: web.Request) -> web.Response:
        """Replace the weekdays and the targets."""
        form = await form_of(request)
        try:
            by, (week, targets) = actor(who_of(request).user), week_of(form)
            await self._room.keeping.week(by, form.text("team"), seen_of(form), week, targets)
        except Refused as refused:
            return await self._page(request, form.text("team"), self._words.problems(refused), form)
        return self._moved(form.text("team"), "saved")

    async def days(self, request: web.Request) -> web.Response:
        """Make days special, or ordinary again."""
        form = await form_of(request)
        team = form.text("team")
        try:
            days, special = days_of(form, self._words.names)
            await self._room.keeping.mark(actor(who_of(request).user), team, seen_of(form), days, special)
        except Refused as refused:
            return await self._page(request, team, self._words.problems(refused), form)
        return self._moved(team, "saved")

    async def add_team(self, request: web.Request) -> web.Response:
        """Give a team hours of its own."""
        form = await form_of(request)
        try:
            await self._room.keeping.add_team(actor(who_of(request).user), form.text("team"))
        except Refused as refused:
            return await self._page(request, EVERYBODY, self._words.problems(refused), form)
        return self._moved(form.text("team"), "team_added")

    async def remove_team(self, request: web.Request) -> web.Response:
        """Let a team have the hours of all again."""
        form = await form_of(request)
        try:
            await self._room.keeping.remove_team(actor(who_of(request).user), form.text("team"), seen_of(form))
        except TeamNotFound:
            raise web.HTTPNotFound from None
        except Refused as refused:
            return await self._page(request, form.text("team"), self._words.problems(refused), form)
        return self._moved(EVERYBODY, "team_removed")

    def _moved(self, team: str, notice: str) -> web.Response:
        return self._pages.moved(address(team), self._words.notices[notice])

    async def _page(
        self, request: web.Request, team: str, errors: Mapping[str, str], form: Form | None = None
    ) -> web.Response:
        try:
            kept = await self._room.keeping.of(team)
        except TeamNotFound:
            raise web.HTTPNotFound from None
        now, live = self._room.now(), self._room.live
        today = now.astimezone(HERE).date()
        opens = live.next_opening(now, team)
        years = {day.year for day in live.of(team).days}
        # Somebody should put in this year's holidays, and next year's once they are known.
        wanted = [year for year in (today.year, today.year + (today.month >= _PUBLISHED_IN)) if year not in years]
        return self._pages.render(
            request,
            "hours/hours.html",
            status=(409 if "seen" in errors else 422) if errors else 200,
            errors=errors,
            told=self._words,
            kept=kept,
            team=team,
            teams=[(name, name or self._words.everybody, address(name)) for name in sorted(live.kept)],
            is_open=live.is_open(now, team),
            opens=self._words.opening(opens, now) if opens else "",
            week=_week(self._words, kept, form),
            days=[(day, one, written(one.periods), day < today) for day, one in sorted(live.of(team).days.items())],
            own=set(kept.hours.days),
            missing=sorted(set(wanted)),
            known=[year for year in (today.year, today.year + 1) if published.of_year(year)],
            entered=form,
        )


def _week(words: Words, kept: Kept, form: Form | None) -> list[tuple[str, str, str]]:
    """The fields of the weekdays: name, label and value."""
    entered = form is not None and bool(form.names("day0"))
    return [
        (f"day{number}", label, form.text(f"day{number}") if form and entered else written(periods))
        for number, (label, periods) in enumerate(zip(words.weekdays, kept.hours.week, strict=True))
    ]
