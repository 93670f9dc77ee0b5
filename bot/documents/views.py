"""The pages of documents: the paper by its items, beside the topics that cite them, and what a new edition changes."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.room import ContentRoom, address, part_of
from bot.content.views.parts import PartsViews
from bot.documents.model import Edition, changes, cite, doubts
from bot.documents.service import PaperRefused, Papers
from bot.documents.words import Words
from policies_kb.base import ItemNumber
from policies_kb.model import Document, Topic
from policies_kb.parts import Part, PartKind

PATH = "/admin/content/documents"


class DocumentsViews:
    """For everybody who works on the content; editors upload, which publishes nothing."""

    def __init__(self, room: ContentRoom, papers: Papers, parts: PartsViews, pages: Pages, words: Words) -> None:
        self._room = room
        self._papers = papers
        self._parts = parts
        self._pages = pages
        self._words = words

    async def everything(self, request: web.Request) -> web.Response:
        """All documents, also those that are not published yet."""
        counts, knowledge = await self._papers.editions.counts(), self._room.knowledge()
        drafts = {
            one.part.key: one
            for one in await self._room.drafts.pending()
            if one.open and one.part.kind is PartKind.DOCUMENT
        }
        found = {**{key: one.value for key, one in drafts.items()}, **knowledge.documents}
        rows = [(found[key], counts.get(key, 0), drafts.get(key)) for key in sorted(found)]
        return self._pages.render(
            request, "documents/documents.html", rows=rows, **await self._common(request), cites=self._cites()
        )

    async def show(self, request: web.Request) -> web.Response:
        """One document by its items."""
        return await self.shown(request, part_of(request))

    async def shown(self, request: web.Request, part: Part, *errors: str, form: str = "") -> web.Response:
        """The page of a document, with why something was not done; `form` is a text that was not taken."""
        state = await self._parts.state(request, part)
        document: Document = (state["other"] or state["live"] or state["versions"][0]).value
        editions = await self._papers.editions.of(part.key)
        texts = editions[0].items if editions else {}
        found = doubts(self._room.knowledge().topics, part.key, None, texts) if editions else []
        cites = self._cites()
        return self._pages.render(
            request,
            "documents/document.html",
            status=422 if errors else 200,
            errors={str(place): told for place, told in enumerate(errors)},
            **{**await self._common(request), **state},
            document=document,
            editions=editions,
            items=[(item, texts.get(item.number), cites.get((part.key, item.number), [])) for item in document.items],
            missing=[number for number in texts if document.item(number) is None],
            doubts=found,
            pasted=form,
        )

    async def item(self, request: web.Request) -> web.Response:
        """One item beside the topics that cite it."""
        part, wanted = part_of(request), request.match_info["item"]
        number: ItemNumber = int(wanted) if wanted.isascii() and wanted.isdecimal() else wanted
        state = await self._parts.state(request, part)
        document: Document = (state["other"] or state["live"] or state["versions"][0]).value
        editions = await self._papers.editions.of(part.key)
        text, held = (editions[0].items if editions else {}).get(number), document.item(number)
        if text is None and held is None:
            raise web.HTTPNotFound
        found = doubts(self._room.knowledge().topics, part.key, None, editions[0].items) if editions else []
        return self._pages.render(
            request,
            "documents/item.html",
            **await self._common(request),
            here=address(part),
            document=document,
            cite=held.cite if held is not None else cite(number),
            heading=held.heading if held is not None else "",
            text=text,
            number=number,
            topics=self._cites().get((part.key, number), []),
            doubted={(one.unstated.topic.id, one.unstated.place) for one in found},
        )

    async def upload(self, request: web.Request) -> web.Response:
        """Keep a new edition, and show what it changes."""
        part, form = part_of(request), await form_of(request)
        await self._parts.state(request, part)
        name, data = paper_of(form)
        try:
            edition = await self._papers.upload(actor(who_of(request).user), part.key, name, data)
        except PaperRefused as refused:
            return await self.shown(request, part, self.refusal(refused), form=form.text("pasted"))
        return self._pages.moved(self._compared(edition), self.uploaded(edition))

    async def compare(self, request: web.Request) -> web.Response:
        """What differs between two editions, and which facts the later one no longer states."""
        part = part_of(request)
        editions = {str(one.number): one for one in await self._papers.editions.of(part.key)}
        before, after = (editions.get(request.query.get(name, "")) for name in ("before", "after"))
        if before is None or after is None:
            raise web.HTTPNotFound
        knowledge = self._room.knowledge()
        cites = self._cites()
        return self._pages.render(
            request,
            "documents/editions.html",
            **await self._common(request),
            here=address(part),
            before=before,
            after=after,
            changes=[
                (one, cite(one.number), cites.get((part.key, one.number), []))
                for one in changes(before.items, after.items)
            ],
            doubts=doubts(knowledge.topics, part.key, before.items, after.items),
        )

    def refusal(self, refused: PaperRefused) -> str:
        """Why a paper is not kept."""
        return self._words.refusals[refused.reason].format(detail=refused.detail)

    def uploaded(self, edition: Edition) -> str:
        """What was kept."""
        return self._words.notices["uploaded"].format(number=edition.number, items=len(edition.items))

    @staticmethod
    def _compared(edition: Edition) -> str:
        here = f"{PATH}/{edition.document}"
        return f"{here}/editions?before={edition.number - 1}&after={edition.number}" if edition.number > 1 else here

    async def _common(self, request: web.Request) -> dict[str, Any]:
        rights = {right.value for right in who_of(request).user.rights}
        return {"told": self._parts.words, "kinds": self._words.kinds, "may_draft": "draft" in rights}

    def _cites(self) -> dict[tuple[str, ItemNumber], list[Topic]]:
        found: dict[tuple[str, ItemNumber], list[Topic]] = {}
        for topic in self._room.knowledge().topics.values():
            for ref in topic.sources:
                found.setdefault((ref.document, ref.item), []).append(topic)
        return found


def paper_of(form: Form) -> tuple[str, bytes | str]:
    """The name and the text that a form brings: of a file, or as it was pasted."""
    name, data = form.file("file")
    return (name, data) if data else ("", form.text("pasted"))
