"""The page of those who look after the desk: who waits, who has how much, how fast it went, and giving a case elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from aiohttp import web

from bot.accounts.model import User
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.hotline.errors import CaseNotFound, Conflict, Refusal, Refused
from bot.hotline.figures import figures
from bot.hotline.model import Case, State
from bot.hotline.room import HotlineRoom
from bot.hotline.views.board import shown
from bot.hotline.words import Words

PATH = "/desk/supervisor"
PERIODS = (7, 30)
"""Days."""
_MOST = 5000


class SupervisorViews:
    """What is refused is said on the page as it is now."""

    def __init__(self, room: HotlineRoom, pages: Pages, words: Words, now: Callable[[], datetime]) -> None:
        self._room = room
        self._pages = pages
        self._words = words
        self._now = now

    async def show(self, request: web.Request) -> web.Response:
        """Queue, load and figures; the first two are looked at anew by the page's script."""
        return await self._page(request, None)

    async def reassign(self, request: web.Request) -> web.Response:
        """Give a conversation to somebody, or to a group."""
        form = await form_of(request)
        number = form.text("case")
        try:
            if not number.isdecimal() or len(number) > 15:
                return await self._page(request, Refusal.CASE_MISSING)
            await self._room.desk.reassign(who_of(request).user, int(number), form.text("to"), form.text("reason"))
        except CaseNotFound:
            return await self._page(request, Refusal.CASE_MISSING)
        except Refused as refused:
            return await self._page(request, refused.refusal, conflict=isinstance(refused, Conflict))
        return self._pages.moved(PATH, self._words.notices["reassign"])

    async def _page(self, request: web.Request, refusal: Refusal | None, *, conflict: bool = False) -> web.Response:
        now, room = self._now(), self._room
        cases, agents = await room.cases.open_(), await room.desk.agents()
        past = [
            (days, figures(await room.past.since(now - timedelta(days=days), _MOST), room.working)) for days in PERIODS
        ]
        return self._pages.render(
            request,
            "hotline/supervisor.html",
            status=200 if refusal is None else 409 if conflict else 422,
            errors={} if refusal is None else {"case": self._words.refusals[refusal.value]},
            told=self._words,
            settings=room.desk.settings,
            is_open=room.working.is_open(now),
            waiting=[self._row(case, now) for case in cases if case.state is State.WAITING],
            owned=[self._row(case, now) for case in cases if case.state is State.AGENT],
            loads=[_load(agent, cases) for agent in agents],
            agents=agents,
            past=past,
        )

    def _row(self, case: Case, now: datetime) -> dict[str, object]:
        minutes = int(self._room.desk.worked(case).total_seconds() // 60)
        return {**shown(case, self._room.desk, self._words, now), "worked": minutes}


def _load(agent: User, cases: Sequence[Case]) -> dict[str, object]:
    own = [case for case in cases if case.owner == agent.id and case.state is State.AGENT]
    return {"name": agent.display_name, "open": len(own), "unread": sum(bool(case.unread) for case in own)}
