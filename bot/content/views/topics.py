"""The list of topics, and one topic with its draft and its versions."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.catalogue import Catalogue, Chosen, dues, matching
from bot.content.described import compared
from bot.content.described_parts import title_of
from bot.content.errors import PartNotFound
from bot.content.model import State, Version, in_force
from bot.content.paging import paged
from bot.content.preview import preview
from bot.content.room import ContentRoom, address, part_of
from bot.content.views.rights import rights_of
from bot.content.words import Words
from policies_kb.parts import Part, PartKind

_FILTERS = ("text", "state", "item", "owner", "due")


class TopicsViews:
    """For everybody who works on the content; nothing is changed here."""

    def __init__(self, room: ContentRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words
        self._catalogue = Catalogue()

    async def to_list(self, request: web.Request) -> web.Response:
        """The same place by the address with the slash."""
        return self._pages.moved("/admin/content")

    async def everything(self, request: web.Request) -> web.Response:
        """The topics that the filters let through, a page of them."""
        chosen = Chosen(**{name: request.query.get(name, "").strip()[:100] for name in _FILTERS})
        knowledge = self._room.knowledge()
        pending = await self._room.drafts.pending()
        listed = self._catalogue.listed(knowledge, pending, self._room.now(), self._room.today)
        found = matching(listed, chosen)
        return self._pages.render(
            request,
            "content/topics.html",
            told=self._words,
            chosen=chosen,
            page=paged(found, request.query.get("page", "")),
            overdue=sum(bool(one.dues) for one in listed),
            others=[
                (title_of(one.part, one.value, knowledge, self._words), address(one.part))
                for one in pending
                if one.state is State.IN_REVIEW and one.part.kind is not PartKind.TOPIC
            ],
            waiting=sum("in_review" in one.states for one in listed),
            owners=[(owner, owner) for owner in sorted({one.topic.owner for one in listed})],
            items=[
                (item.cite, f"{item.cite} {item.heading}")
                for document in knowledge.documents.values()
                for item in document.items
            ],
            may_draft=Right.DRAFT in who_of(request).user.rights,
        )

    async def show(self, request: web.Request) -> web.Response:
        """What is published and what is open, side by side."""
        return await self.shown(request, part_of(request))

    async def shown(self, request: web.Request, part: Part, *errors: str) -> web.Response:
        """The page of a topic, with why something was not done."""
        versions, room = await self._versions(part), self._room
        now, user = room.now(), who_of(request).user
        live = in_force(versions, now)
        latest = versions[0]
        other = latest if latest.open or latest.scheduled(now) or live is None else None
        knowledge, newest = room.knowledge(), (other or live or latest).value
        return self._pages.render(
            request,
            "content/topic.html",
            status=422 if errors else 200,
            told=self._words,
            errors={str(place): text for place, text in enumerate(errors)},
            here=address(part),
            versions=versions,
            live=live,
            other=other,
            latest=latest,
            now=now,
            topic=newest,
            dues=dues(live.value, room.today) if live else (),
            fields=compared((live or latest).value, newest, knowledge, self._words),
            shown=preview(knowledge, newest, room.today, room.render),
            may=rights_of(user, versions, other),
        )

    async def _versions(self, part: Part) -> list[Version]:
        try:
            return await self._room.drafts.versions(part)
        except PartNotFound:
            raise web.HTTPNotFound from None
