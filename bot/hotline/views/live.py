"""The stream of what happens at the desk: rows of the lists as they are shown, and who looks at what."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable
from datetime import datetime

import msgspec
from aiohttp import web

from bot.accounts.model import User
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.hotline.desk import Desk
from bot.hotline.live import LiveDesk, News
from bot.hotline.model import Case, Presence
from bot.hotline.ports import Cases
from bot.hotline.room import HotlineRoom
from bot.hotline.views.board import place_of, shown
from bot.hotline.words import Words

LASTS = 300.0
"""Seconds; the browser then begins a new one, and the guard looks again who it is."""

ALIVE_EVERY = 15.0
"""Seconds without news after which a sign of life keeps proxies from ending the stream."""


class LiveViews:
    """Every stream begins with all that is open, so that nothing is missed between two."""

    def __init__(
        self,
        room: HotlineRoom,
        pages: Pages,
        words: Words,
        now: Callable[[], datetime],
        lasts: float = LASTS,
    ) -> None:
        self._desk: Desk = room.desk
        self._live: LiveDesk = room.live
        self._cases: Cases = room.cases
        self._pages = pages
        self._words = words
        self._now = now
        self._lasts = lasts
        self._rows: dict[int, tuple[int, str]] = {}

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Server-sent events for one desk."""
        user = who_of(request).user
        response = web.StreamResponse(headers={"Content-Type": "text/event-stream", "X-Accel-Buffering": "no"})
        await response.prepare(request)
        until = asyncio.get_running_loop().time() + self._lasts
        with self._live.listening() as queue:
            cases = await self._cases.open_()
            there = await self._live.people()
            await response.write(_event("all", [one.id for one in cases]))
            for case in cases:
                await response.write(self._row(News(case.id, case), user))
            await response.write(b"".join(_people(number, there) for number in {one.handover for one in there}))
            while (left := until - asyncio.get_running_loop().time()) > 0:
                try:
                    news = await asyncio.wait_for(queue.get(), min(ALIVE_EVERY, left))
                except asyncio.TimeoutError:
                    await response.write(b": alive\n\n")
                    continue
                if news is None:
                    break
                await response.write(self._row(news, user))
        return response

    def _row(self, news: News, user: User) -> bytes:
        if news.people is not None:
            return _people(news.handover, news.people)
        if news.case is None:
            self._rows.pop(news.handover, None)
            return _event("gone", news.handover)
        case = news.case
        told = {"id": case.id, "place": place_of(case, user), "unread": case.unread, "html": self._html(case)}
        return _event("case", told)

    def _html(self, case: Case) -> str:
        """The row as every desk shows it, made once for all of them."""
        held = self._rows.get(case.id)
        if held is None or held[0] != case.changes:
            one = shown(case, self._desk, self._words, self._now())
            html = self._pages.part("hotline/row.html", told=self._words, one=one)
            held = self._rows[case.id] = (case.changes, html)
        return held[1]


def _people(handover: int, there: Iterable[Presence]) -> bytes:
    people = [
        {"id": one.user_id, "name": one.user_name, "typing": one.typing} for one in there if one.handover == handover
    ]
    return _event("people", {"id": handover, "people": sorted(people, key=lambda one: str(one["id"]))})


def _event(name: str, data: object) -> bytes:
    return b"event: %b\ndata: %b\n\n" % (name.encode(), msgspec.json.encode(data))
