"""The questions of topics: a list, and the form on which editors add some."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.errors import Conflict, PartNotFound, Refusal, Refused
from bot.content.paging import paged
from bot.content.questions import Finding, told_of
from bot.content.room import ContentRoom, address, part_of
from bot.content.words import Words
from policies_kb.parts import Part, Questions, questions_part

MOST = 200


class QuestionsViews:
    """What is added here is for the next training; no answer changes by it."""

    def __init__(self, room: ContentRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._training = room.training
        self._pages = pages
        self._words = words

    async def everything(self, request: web.Request) -> web.Response:
        """All topics with the number of their questions; those with open ones first."""
        text, topics = request.query.get("text", "").strip()[:100].lower(), self._room.knowledge().topics.values()
        counts, added = await self._training.counts(), await self._training.added()
        open_ = {one.part.key: one for one in await self._room.drafts.pending() if one.open}
        found = [topic for topic in topics if text in f"{topic.title}\n{topic.question}\n{topic.id}".lower()]
        states = {key: one for key, one in open_.items() if one.part == questions_part(key)}
        found.sort(key=lambda topic: (topic.id not in states, topic.id not in added, topic.title))
        return self._pages.render(
            request,
            "content/questions.html",
            told=self._words,
            page=paged(found, request.query.get("page", "")),
            text=text,
            counts=counts,
            added=added,
            states=states,
        )

    async def show(self, request: web.Request) -> web.Response:
        """The form of a topic's own questions."""
        part = self._part(request)
        try:
            latest = (await self._room.drafts.versions(part))[0]
        except PartNotFound:
            return await self._page(request, part, 0, "")
        return await self._page(request, part, latest.number, "\n".join(latest.value.examples))

    async def save(self, request: web.Request) -> web.Response:
        """Keep a draft; or show what speaks against the questions."""
        part, form = self._part(request), await form_of(request)
        seen, text = form.text("seen"), form.text("examples").replace("\r\n", "\n")
        number = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
        questions = [" ".join(line.split()) for line in text.splitlines() if line.strip()]
        if len(questions) > MOST:
            told = self._words.refusals[Refusal.TOO_MANY.value]
            return await self._page(request, part, number, text, told=told, status=422)
        found = await self._training.findings(part.key, questions)
        stops = any(finding.stops for finding in found)
        if form.text("act") != "save" or stops or (found and not form.text("sure")):
            status = 200 if form.text("act") != "save" else 422
            return await self._page(request, part, number, text, found, checked=True, status=status)
        by, value, note = actor(who_of(request).user), Questions(tuple(questions)), form.text("note")[:500]
        try:
            save = self._room.drafts.save(by, part, number, value, note) if number else None
            version = await (save or self._room.drafts.begin(by, part, value, note))
        except Refused as refused:
            if refused.refusal is Refusal.ID_TAKEN:
                return await self._in_the_way(request, part, text, found)
            told = self._words.refusals[refused.refusal.value]
            return await self._page(request, part, number, text, found, told=told, status=422)
        except (Conflict, PartNotFound):
            return await self._in_the_way(request, part, text, found)
        return self._pages.moved(address(part), self._words.notices["saved"].format(number=version.number))

    async def _in_the_way(self, request: web.Request, part: Part, text: str, found: Sequence[Finding]) -> web.Response:
        """The form as it was entered, with what another has saved meanwhile."""
        latest = (await self._room.drafts.versions(part))[0]
        told, theirs = self._words.refusals[Refusal.IN_USE.value], "\n".join(latest.value.examples)
        return await self._page(request, part, latest.number, text, found, told=told, theirs=theirs, status=409)

    def _part(self, request: web.Request) -> Part:
        part = part_of(request)
        if part.key not in self._room.knowledge().topics:
            raise web.HTTPNotFound
        return part

    async def _page(
        self,
        request: web.Request,
        part: Part,
        seen: int,
        text: str,
        found: Sequence[Finding] = (),
        *,
        checked: bool = False,
        told: str = "",
        theirs: str = "",
        status: int = 200,
    ) -> web.Response:
        knowledge = self._room.knowledge()
        return self._pages.render(
            request,
            "content/question_form.html",
            status=status,
            told=self._words,
            errors={"examples": told} if told else {},
            topic=knowledge.topics[part.key],
            here=address(part),
            seen=seen,
            text=text,
            theirs=theirs,
            found=[(one.question, one.stops, told_of(one, knowledge, self._words)) for one in found],
            stops=any(one.stops for one in found),
            checked=checked,
            shipped=await self._training.of(f"ask/{part.key}"),
        )
