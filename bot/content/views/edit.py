"""The form on which a topic is written, with its preview and the validator's findings beside the fields."""

from __future__ import annotations

from collections.abc import Iterable

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.described import compared
from bot.content.errors import Conflict, PartNotFound, Refused
from bot.content.form import TopicForm, empty, field_of, of_request, of_topic, topic_of
from bot.content.preview import Preview, preview
from bot.content.room import ContentRoom, address, part_of
from bot.content.words import Words
from policies_kb.errors import Problem
from policies_kb.model import Topic
from policies_kb.parts import Part, topic_part

NEW = "/admin/content/new"


class EditViews:
    """For editors; nothing that is saved here is served before somebody else has approved it."""

    def __init__(self, room: ContentRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show_new(self, request: web.Request) -> web.Response:
        """The form of a topic that does not exist yet."""
        shown = empty()
        shown.texts |= {
            "valid_from": self._room.today.isoformat(),
            "contact": next(iter(self._room.knowledge().contacts)),
        }
        return self._page(request, None, 0, shown.with_blank_rows(2))

    async def show(self, request: web.Request) -> web.Response:
        """The form of a topic, with its latest version or the one that is asked for."""
        part = part_of(request)
        try:
            versions = await self._room.drafts.versions(part)
        except PartNotFound:
            raise web.HTTPNotFound from None
        wanted = request.query.get("from", str(versions[0].number))
        version = next((one for one in versions if str(one.number) == wanted), None)
        if version is None:
            raise web.HTTPNotFound
        shown = of_topic(version.value, self._room.knowledge()).with_blank_rows(1)
        problems = await self._room.publishing.problems(part, version.value)
        return self._page(request, part, versions[0].number, shown, version.value, _placed(part, shown, problems))

    async def save(self, request: web.Request) -> web.Response:
        """Keep a draft; or show it, or give it more rows."""
        form = await form_of(request)
        part = part_of(request) if "topic" in request.match_info else topic_part(form.text("id"))
        existing = part if "topic" in request.match_info else None
        seen, shown = _number(form.text("seen")), of_request(form)
        topic, problems = topic_of(shown, part.key, self._room.knowledge())
        if topic is not None:
            problems = _placed(part, shown, await self._room.publishing.problems(part, topic))
        if form.text("act") == "more":
            return self._page(request, existing, seen, shown.with_blank_rows(3), topic, (), key=part.key)
        if topic is None or form.text("act") == "preview":
            status = 200 if topic else 422
            return self._page(request, existing, seen, shown, topic, problems, status=status, key=part.key)
        return await self._saved(request, form, existing or part, topic, shown, new=existing is None)

    async def _saved(
        self, request: web.Request, form: Form, part: Part, topic: Topic, shown: TopicForm, *, new: bool
    ) -> web.Response:
        by, note, drafts = actor(who_of(request).user), form.text("note")[:500], self._room.drafts
        seen = _number(form.text("seen"))
        try:
            if new:
                version = await drafts.begin(by, part, topic, note)
            else:
                version = await drafts.save(by, part, seen, topic, note)
        except Refused as refused:
            errors = {refused.field or "note": self._words.refusals[refused.refusal.value]}
            return self._page(
                request, None if new else part, seen, shown, topic, extra=errors, status=422, key=part.key
            )
        except Conflict as conflict:
            return await self._conflicting(request, part, topic, shown, conflict, seen)
        except PartNotFound:
            raise web.HTTPNotFound from None
        return self._pages.moved(address(part), self._words.notices["saved"].format(number=version.number))

    async def _conflicting(
        self, request: web.Request, part: Part, topic: Topic, shown: TopicForm, conflict: Conflict, seen: int
    ) -> web.Response:
        """The form as it was entered, with what the other has changed; saving again is then on top of his."""
        before, knowledge = await self._room.drafts.version(part, seen), self._room.knowledge()
        theirs = [one for one in compared(before.value, conflict.latest.value, knowledge, self._words) if one.changed]
        number = conflict.latest.number
        return self._page(request, part, number, shown, topic, status=409, conflict=conflict.latest, theirs=theirs)

    async def preview(self, request: web.Request) -> web.Response:
        """The preview and the findings alone, for the page's script."""
        form = await form_of(request)
        shown, part = of_request(form), topic_part(form.text("id"))
        topic, problems = topic_of(shown, part.key, self._room.knowledge())
        if topic is not None:
            problems = _placed(part, shown, await self._room.publishing.problems(part, topic))
        return self._pages.render(
            request,
            "content/preview.html",
            told=self._words,
            names=self._words.fields,
            shown=self._preview(topic),
            problems=self._told(problems),
        )

    def _page(
        self,
        request: web.Request,
        part: Part | None,
        seen: int,
        shown: TopicForm,
        topic: Topic | None = None,
        problems: Iterable[tuple[str, Problem]] = (),
        extra: dict[str, str] | None = None,
        *,
        status: int = 200,
        key: str = "",
        conflict: object = None,
        theirs: object = (),
    ) -> web.Response:
        told = self._told(problems)
        return self._pages.render(
            request,
            "content/edit.html",
            status=status,
            told=self._words,
            names=self._words.fields,
            part=part,
            key=part.key if part else key,
            seen=seen,
            here=address(part) if part else "/admin/content",
            action=f"{address(part)}/edit" if part else NEW,
            form=shown,
            knowledge=self._room.knowledge(),
            shown=self._preview(topic),
            problems=told,
            errors={**dict(told), **(extra or {})},
            conflict=conflict,
            theirs=theirs,
        )

    def _preview(self, topic: Topic | None) -> Preview | None:
        if topic is None:
            return None
        return preview(self._room.knowledge(), topic, self._room.today, self._room.render)

    def _told(self, problems: Iterable[tuple[str, Problem]]) -> list[tuple[str, str]]:
        told = ((field, problem, self._words.problem(problem)) for field, problem in problems)
        return [(field, text if field else f"{problem.path}：{text}") for field, problem, text in told]


def _placed(part: Part, shown: TopicForm, problems: Iterable[Problem]) -> tuple[tuple[str, Problem], ...]:
    """Each problem with its field; one that the change makes elsewhere has none."""
    here = str(part)
    return tuple((field_of(shown, one.where) if str(one.path) == here else "", one) for one in problems)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
