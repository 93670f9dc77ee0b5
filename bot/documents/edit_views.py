"""The forms of documents: a new paper with its first text, and the items as topics cite them."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content import words as content_words
from bot.content.errors import Conflict, PartNotFound, Refused
from bot.content.room import ContentRoom, address, part_of
from bot.documents.form import Texts, document_of, of_document, of_request
from bot.documents.model import items_of
from bot.documents.service import PaperRefused, Papers, split
from bot.documents.views import PATH, DocumentsViews, paper_of
from bot.documents.words import Words
from policies_kb.errors import Problem
from policies_kb.model import Document
from policies_kb.parts import Part, PartKind

_EMPTY = dict.fromkeys(("title", "issuer", "issued", "note", "items"), "")


class DocumentEditViews:
    """For editors; a document is drafted, reviewed and published like a topic."""

    def __init__(
        self, room: ContentRoom, papers: Papers, documents: DocumentsViews, pages: Pages, words: Words
    ) -> None:
        self._room = room
        self._papers = papers
        self._documents = documents
        self._pages = pages
        self._words = words
        self._told = content_words.load()

    async def show_new(self, request: web.Request) -> web.Response:
        """The form of a paper that is not here yet."""
        return self._page(request, None, 0, {**_EMPTY, "note": self._words.note})

    async def begin(self, request: web.Request) -> web.Response:
        """Keep a paper's first text, and draft the document with the items that were found in it."""
        form = await form_of(request)
        shown, key = of_request(form), form.text("id")
        name, data = paper_of(form)
        by, part = actor(who_of(request).user), Part(PartKind.DOCUMENT, key)
        try:
            items = items_of(split(data), None)
        except PaperRefused as refused:
            errors = {"pasted": self._documents.refusal(refused)}
            return self._page(request, None, 0, shown, errors, key=key, pasted=form.text("pasted"), status=422)
        lines = "\n".join(f"{item.number}｜{item.cite}｜{item.heading}" for item in items)
        document, problems = document_of(key, {**shown, "items": lines})
        errors = self._errors(problems)
        if document is not None:
            try:
                await self._room.drafts.begin(by, part, document, form.text("why")[:500] or name)
            except Refused as refusal:
                errors = {refusal.field: self._told.refusals[refusal.refusal.value]}
        if errors:
            return self._page(request, None, 0, shown, errors, key=key, pasted=form.text("pasted"), status=422)
        edition = await self._papers.upload(by, key, name, data)
        return self._pages.moved(address(part), self._documents.uploaded(edition))

    async def show(self, request: web.Request) -> web.Response:
        """The form of a document; with `items=latest` the items are those of the latest text."""
        part = part_of(request)
        try:
            latest = (await self._room.drafts.versions(part))[0]
        except PartNotFound:
            raise web.HTTPNotFound from None
        value: Document = latest.value
        editions = await self._papers.editions.of(part.key)
        items = items_of(editions[0].items, value) if editions and request.query.get("items") == "latest" else None
        return self._page(request, part, latest.number, of_document(value, items))

    async def save(self, request: web.Request) -> web.Response:
        """Keep a draft."""
        part, form = part_of(request), await form_of(request)
        shown, seen = of_request(form), form.text("seen")
        number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
        document, problems = document_of(part.key, shown)
        if document is None:
            return self._page(request, part, number, shown, self._errors(problems), status=422)
        by, note = actor(who_of(request).user), form.text("why")[:500]
        try:
            version = await self._room.drafts.save(by, part, number, document, note)
        except Refused as refused:
            told = {"why": self._told.refusals[refused.refusal.value]}
            return self._page(request, part, number, shown, told, status=422)
        except Conflict as conflict:
            told = {"why": self._words.refusals["in_use"]}
            return self._page(request, part, conflict.latest.number, shown, told, status=409)
        except PartNotFound:
            raise web.HTTPNotFound from None
        return self._pages.moved(address(part), self._told.notices["saved"].format(number=version.number))

    def _errors(self, problems: Iterable[Problem]) -> dict[str, str]:
        return {str(one.where[0]) if one.where else "items": self._told.problem(one) for one in problems}

    def _page(
        self,
        request: web.Request,
        part: Part | None,
        seen: int,
        shown: Texts,
        errors: dict[str, str] | None = None,
        *,
        key: str = "",
        pasted: str = "",
        status: int = 200,
    ) -> web.Response:
        return self._pages.render(
            request,
            "documents/form.html",
            status=status,
            errors=errors,
            told=self._told,
            part=part,
            here=address(part) if part else PATH,
            seen=seen,
            form=shown,
            key=key,
            pasted=pasted,
        )
