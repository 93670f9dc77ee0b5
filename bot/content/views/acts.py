"""What buttons on a part's page do: hand in, approve, send back, retire, roll back."""

from __future__ import annotations

import unicodedata
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from aiohttp import web

from bot.accounts.audit import Actor, actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages, local
from bot.console.request import who_of
from bot.content.errors import PartNotFound, Refusal, Refused
from bot.content.room import ContentRoom, address, part_of
from bot.content.words import Words
from policies_kb.chinese_date import HERE
from policies_kb.errors import ContentInvalid
from policies_kb.parts import Part, PartKind

Shown = Callable[..., Awaitable[web.Response]]
"""Given a request and its part, its page with why something was not done."""

Act = Callable[[Actor, Part, int, str], Awaitable[object]]


class ActsViews:
    """Each act is done on the version that its form shows, or not at all."""

    def __init__(self, room: ContentRoom, pages: Pages, shown: Mapping[PartKind, Shown], words: Words) -> None:
        self._room = room
        self._pages = pages
        self._shown = shown
        self._words = words

    async def submit(self, request: web.Request) -> web.Response:
        """Hand a draft in."""
        return await self._done(request, "submitted", self._room.drafts.submit)

    async def withdraw(self, request: web.Request) -> web.Response:
        """Take it back."""
        return await self._done(request, "withdrawn", self._room.drafts.withdraw)

    async def drop(self, request: web.Request) -> web.Response:
        """Give it up."""
        return await self._done(request, "dropped", self._room.drafts.drop)

    async def send_back(self, request: web.Request) -> web.Response:
        """Return it to who wrote it."""
        return await self._done(request, "sent_back", self._room.publishing.send_back)

    async def unschedule(self, request: web.Request) -> web.Response:
        """Call a scheduled publication off."""
        return await self._done(request, "unscheduled", self._room.publishing.unschedule)

    async def retire(self, request: web.Request) -> web.Response:
        """Serve the topic no longer."""
        return await self._done(request, "retired", self._room.publishing.retire)

    async def publish(self, request: web.Request) -> web.Response:
        """Approve, and serve at once or from a time on."""
        form = await form_of(request)

        async def act(by: Actor, part: Part, number: int, note: str) -> str:
            at = await self._room.publishing.publish(by, part, number, _time(form), note)
            name = "scheduled" if at > self._room.now() else "published"
            return self._words.notices[name].format(at=local(at))

        return await self._done(request, "published", act)

    async def roll_back(self, request: web.Request) -> web.Response:
        """Serve an older version again."""
        seen = _number((await form_of(request)).text("seen"))

        async def act(by: Actor, part: Part, number: int, reason: str) -> str:
            new = await self._room.publishing.roll_back(by, part, number, seen, reason)
            return self._words.notices["rolled_back"].format(of=number, number=new.number)

        return await self._done(request, "rolled_back", act)

    async def _done(self, request: web.Request, notice: str, act: Act) -> web.Response:
        form, part = await form_of(request), part_of(request)
        by = actor(who_of(request).user)
        try:
            told = await act(by, part, _number(form.text("number")), form.text("reason")[:500])
        except PartNotFound:
            raise web.HTTPNotFound from None
        except Refused as refused:
            return await self._shown[part.kind](request, part, self._words.refusals[refused.refusal.value])
        except ContentInvalid as invalid:
            texts = (f"{problem.path}：{self._words.problem(problem)}" for problem in invalid.problems)
            return await self._shown[part.kind](request, part, *texts)
        return self._pages.moved(address(part), told if isinstance(told, str) else self._words.notices[notice])


def _time(form: Form) -> datetime | None:
    text = unicodedata.normalize("NFKC", form.text("at")).replace("T", " ")
    if not text:
        return None
    try:
        return datetime.strptime(text[:16], "%Y-%m-%d %H:%M").replace(tzinfo=HERE)
    except ValueError:
        raise Refused(Refusal.TIME_FORM, "at") from None


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
