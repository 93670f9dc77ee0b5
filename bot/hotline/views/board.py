"""The desk's pages: who waits, what is mine, and one conversation with all that was said in it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any

from aiohttp import hdrs, web

from bot.accounts.model import User
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.conversation.ports import MediaGone
from bot.hotline.desk import LONGEST_NOTE, LONGEST_TEXT, Desk
from bot.hotline.errors import CaseNotFound
from bot.hotline.lines import NOT_THERE, lines, undelivered
from bot.hotline.model import Case, State
from bot.hotline.ports import Cases
from bot.hotline.room import HotlineRoom
from bot.hotline.words import Words
from policies_kb.eligibility.display import display
from policies_kb.eligibility.values import ValueInvalid, parse
from policies_kb.model import KnowledgeBase

PATH = "/desk/"
_PICTURES = frozenset(("image/jpeg", "image/png", "image/gif", "image/webp"))
"""What browsers show as a picture and run nothing of."""

_SHORT = 6
"""Characters of a worker's pseudonym that tell him from others on a desk."""


def shown(case: Case, desk: Desk, told: Words, now: datetime) -> Mapping[str, object]:
    """What the templates of a row and of a page say of a handover."""
    late_at = desk.late_at(case) if case.state is not State.CLOSED else None
    return {
        "case": case,
        "worker": told.worker.format(name=case.sender[:_SHORT]),
        "minutes": max(int((now - case.waiting_since).total_seconds() // 60), 0),
        "late_at": late_at,
        "late": late_at is not None and late_at <= now,
        "order": f"{9 - case.priority}{case.waiting_since.timestamp():.0f}",
    }


async def case_of(desk: Desk, request: web.Request) -> Case:
    """The handover that a request names."""
    try:
        return await desk.case(int(request.match_info["handover"]))
    except CaseNotFound:
        raise web.HTTPNotFound from None


class BoardViews:
    """`knowledge` is what is served now."""

    def __init__(
        self,
        room: HotlineRoom,
        knowledge: Callable[[], KnowledgeBase],
        pages: Pages,
        words: Words,
        now: Callable[[], datetime],
    ) -> None:
        self._desk = room.desk
        self._cases: Cases = room.cases
        self._knowledge = knowledge
        self._pages = pages
        self._words = words
        self._now = now

    async def to_board(self, request: web.Request) -> web.Response:
        """The address without its last stroke."""
        return self._pages.moved(PATH)

    async def show(self, request: web.Request) -> web.Response:
        """Who waits, and what is mine."""
        return self._pages.render(request, "hotline/board.html", **await self._board(who_of(request).user, None))

    async def conversation(self, request: web.Request) -> web.Response:
        """One conversation; with `part=story` only what was said, for the page's script."""
        user, case = who_of(request).user, await case_of(self._desk, request)
        story = await self._cases.story(case)
        knowledge = self._knowledge()
        values: dict[str, Any] = {
            **shown(case, self._desk, self._words, self._now()),
            "told": self._words,
            "settings": self._desk.settings,
            "lines": lines(story),
            "undelivered": undelivered(story),
            "not_there": NOT_THERE,
            "titles": {topic.id: topic.title for topic in knowledge.topics.values()},
            "mine": case.state is State.AGENT and case.owner == user.id,
        }
        if request.query.get("part") == "story":
            return self._pages.render(request, "hotline/story.html", **values)
        return self._pages.render(
            request,
            "hotline/conversation.html",
            **{**values, **await self._board(user, case)},
            facts=_facts(knowledge, story.facts),
            earlier=story.earlier,
            pushed=await self._desk.pushes(case.channel),
            colleagues=[one for one in await self._desk.agents() if one.id != case.owner],
            longest=LONGEST_TEXT,
            longest_note=LONGEST_NOTE,
        )

    async def media(self, request: web.Request) -> web.Response:
        """A picture as it is, anything else as a file; it is not kept here."""
        try:
            found = await self._desk.media(int(request.match_info["handover"]), int(request.match_info["message"]))
        except CaseNotFound:
            raise web.HTTPNotFound from None
        except MediaGone:
            return web.Response(status=404, text=self._words.refusals["media_gone"])
        if found.kind in _PICTURES:
            return web.Response(body=found.content, content_type=found.kind)
        headers = {hdrs.CONTENT_DISPOSITION: "attachment"}
        return web.Response(body=found.content, content_type="application/octet-stream", headers=headers)

    async def _board(self, user: User, chosen: Case | None) -> dict[str, Any]:
        now = self._now()
        of: dict[str, list[object]] = {"waiting": [], "mine": [], "others": []}
        for case in await self._cases.open_():
            of[place_of(case, user)].append(shown(case, self._desk, self._words, now))
        return {"told": self._words, "lists": of, "chosen": chosen.id if chosen else 0, "settings": self._desk.settings}


def place_of(case: Case, user: User) -> str:
    """The list in which a person sees a handover."""
    if case.state is State.WAITING:
        return "waiting"
    return "mine" if case.owner == user.id else "others"


def _facts(knowledge: KnowledgeBase, kept: Mapping[str, bool | str]) -> list[tuple[str, str]]:
    """What the worker said about himself, in plain words; what this program cannot read is left out."""
    found = []
    for name, value in kept.items():
        slot = knowledge.slots.get(name)
        if slot is not None:
            with suppress(ValueInvalid):
                found.append((slot.title, display(slot, parse(slot, value))))
    return found
