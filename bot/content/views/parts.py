"""The pages of parts that are no topics: what is published, what is open, and the comparison of two versions of any part."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.described_parts import compared_parts, title_of
from bot.content.entries import TABLES
from bot.content.errors import PartNotFound
from bot.content.model import Version, in_force
from bot.content.room import ContentRoom, address, part_of
from bot.content.views.rights import rights_of
from bot.content.words import Words
from policies_kb.parts import SHARED, Part, PartKind, shared_part


class PartsViews:
    """For everybody who works on the content; nothing is changed here."""

    def __init__(self, room: ContentRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self.words = words

    async def everything(self, request: web.Request) -> web.Response:
        """The shared files, and what is open of each."""
        pending = {one.part: one for one in await self._room.drafts.pending() if one.open}
        rows = [(shared_part(name), self.words.tables[name], pending.get(shared_part(name))) for name in SHARED]
        return self._pages.render(
            request,
            "content/tables.html",
            told=self.words,
            rows=[(address(part), words, version) for part, words, version in rows],
        )

    async def show(self, request: web.Request) -> web.Response:
        """A shared file by its entries, or a topic's own questions."""
        return await self.shown(request, part_of(request))

    async def shown(self, request: web.Request, part: Part, *errors: str) -> web.Response:
        """The page of a part, with why something was not done."""
        state, text = await self.state(request, part), request.query.get("text", "").strip()[:100]
        rows = [row for row in state["rows"] if row.after and text.lower() in f"{row.label}\n{row.after}".lower()]
        table = TABLES.get(part.key) if part.kind is PartKind.SHARED else None
        return self._pages.render(
            request,
            "content/part.html",
            status=422 if errors else 200,
            errors={str(place): told for place, told in enumerate(errors)},
            **state,
            place="/admin/content/shared" if part.kind is PartKind.SHARED else "/admin/content/questions",
            about=self.words.tables[part.key].about if part.kind is PartKind.SHARED else "",
            entries=table is not None,
            grows=table is not None and table.grows,
            edit=f"{address(part)}/edit" if part.kind is PartKind.QUESTIONS else "",
            text=text,
            shown=rows,
        )

    async def state(self, request: web.Request, part: Part) -> dict[str, Any]:
        """What the page of any part shows of its versions."""
        versions, now, knowledge = await self._versions(part), self._room.now(), self._room.knowledge()
        live, latest = in_force(versions, now), versions[0]
        other = latest if latest.open or latest.scheduled(now) or live is None else None
        newest = (other or live or latest).value
        return {
            "told": self.words,
            "title": title_of(part, newest, knowledge, self.words),
            "here": address(part),
            "versions": versions,
            "live": live,
            "other": other,
            "now": now,
            "rows": compared_parts(part, live.value if live else None, newest, knowledge, self.words),
            "may": rights_of(who_of(request).user, versions, other),
            "effect": self.words.effects[part.kind.value],
        }

    async def compare(self, request: web.Request) -> web.Response:
        """Two versions, entry by entry."""
        part, knowledge = part_of(request), self._room.knowledge()
        versions = {str(one.number): one for one in await self._versions(part)}
        before, after = (versions.get(request.query.get(name, "")) for name in ("before", "after"))
        if before is None or after is None:
            raise web.HTTPNotFound
        return self._pages.render(
            request,
            "content/compare.html",
            told=self.words,
            title=title_of(part, after.value, knowledge, self.words),
            here=address(part),
            before=before,
            after=after,
            fields=compared_parts(part, before.value, after.value, knowledge, self.words),
        )

    async def _versions(self, part: Part) -> list[Version]:
        try:
            return await self._room.drafts.versions(part)
        except PartNotFound:
            raise web.HTTPNotFound from None
