"""The forms of a shared file's entries: a reply, an office, a subject next to the paper, a later rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.entries import TABLES, Texts, empty, entry_of, of_entry, of_request
from bot.content.errors import Conflict, Refusal, Refused
from bot.content.model import Version
from bot.content.preview import Preview, entry_preview
from bot.content.room import ContentRoom, address, part_of
from bot.content.words import Words
from policies_kb.errors import Problem
from policies_kb.parts import Part

_KEY = re.compile(r"[a-z][a-z0-9_]{1,39}")
Errors = dict[str, str]


class EntriesViews:
    """An entry is saved into the latest version of its file; only who changes the same entry is in the way."""

    def __init__(self, room: ContentRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show_new(self, request: web.Request) -> web.Response:
        """The form of an entry that does not exist yet."""
        part = _table(request)
        if not TABLES[part.key].grows:
            raise web.HTTPNotFound
        latest = (await self._room.drafts.versions(part))[0]
        return self._page(request, part, "", latest.number, empty(part.key))

    async def show(self, request: web.Request) -> web.Response:
        """The form of an entry as the latest version has it."""
        part, key = _table(request), request.match_info["entry"]
        latest = (await self._room.drafts.versions(part))[0]
        if key not in latest.value:
            raise web.HTTPNotFound
        shown = of_entry(part.key, latest.value[key], self._room.knowledge())
        found, _ = await self._found(part, key, shown, latest.value)
        return self._page(request, part, key, latest.number, shown, found, latest.value[key])

    async def save(self, request: web.Request) -> web.Response:
        """Keep a draft of the file with this entry; or only show it."""
        part, form = _table(request), await form_of(request)
        key = request.match_info.get("entry", "")
        shown, seen = of_request(part.key, form), _number(form.text("seen"))
        latest = (await self._room.drafts.versions(part))[0]
        if form.text("act") == "remove" and TABLES[part.key].grows and key in latest.value:
            return await self._kept(request, part, key, seen, shown, form, None)
        new = "" if key else self._new_name(form.text("key"), latest.value)
        if new:
            return self._page(request, part, "", seen, shown, {"key": new}, key=form.text("key"), status=422)
        name = key or form.text("key")
        found, entry = await self._found(part, name, shown, latest.value)
        if entry is None or form.text("act") == "preview":
            status = 200 if entry is not None else 422
            return self._page(request, part, key, seen, shown, found, entry, key=name, status=status)
        return await self._kept(request, part, name, seen, shown, form, entry)

    async def preview(self, request: web.Request) -> web.Response:
        """The preview and the findings alone, for the page's script."""
        part, form = _table(request), await form_of(request)
        shown, key = of_request(part.key, form), form.text("key")
        latest = (await self._room.drafts.versions(part))[0]
        found, entry = await self._found(part, key, shown, latest.value)
        return self._pages.render(
            request,
            "content/preview.html",
            told=self._words,
            names=self._words.table_fields,
            shown=self._preview(part, key, entry),
            problems=list(found.items()),
        )

    async def _kept(
        self, request: web.Request, part: Part, key: str, seen: int, shown: Texts, form: Form, entry: Any
    ) -> web.Response:
        """Save on top of the latest version, unless somebody has changed this entry since it was seen."""
        versions = await self._room.drafts.versions(part)
        latest = versions[0]
        before = next((one for one in versions if one.number == seen), None)
        if before is None or before.value.get(key) != latest.value.get(key):
            return self._in_the_way(request, part, key, shown, latest)
        value = (
            {**latest.value, key: entry} if entry is not None else {k: v for k, v in latest.value.items() if k != key}
        )
        note = form.text("note")[:500]
        try:
            version = await self._room.drafts.save(actor(who_of(request).user), part, latest.number, value, note)
        except Refused as refused:
            errors = {refused.field or "note": self._words.refusals[refused.refusal.value]}
            return self._page(request, part, key, seen, shown, errors, entry, status=422)
        except Conflict as conflict:
            return self._in_the_way(request, part, key, shown, conflict.latest)
        return self._pages.moved(address(part), self._words.notices["saved"].format(number=version.number))

    def _in_the_way(self, request: web.Request, part: Part, key: str, shown: Texts, latest: Version) -> web.Response:
        theirs = latest.value.get(key)
        told = of_entry(part.key, theirs, self._room.knowledge()) if theirs is not None else empty(part.key)
        errors = {"note": self._words.refusals[Refusal.IN_USE.value]}
        return self._page(request, part, key, latest.number, shown, errors, theirs=told, status=409)

    async def _found(self, part: Part, key: str, shown: Texts, table: Mapping[str, Any]) -> tuple[Errors, Any]:
        """What is wrong with an entry, by its fields, and the entry where it has a shape."""
        entry, problems = entry_of(part.key, key, shown, self._room.knowledge())
        if entry is not None and key:
            found = await self._room.publishing.problems(part, {**table, key: entry})
            problems = tuple(one for one in found if one.where[:1] == (key,) or str(one.path) != str(part))
        return dict(self._placed(part, key, problems)), entry

    def _placed(self, part: Part, key: str, problems: Iterable[Problem]) -> Iterable[tuple[str, str]]:
        for problem in problems:
            here = str(problem.path) == str(part)
            where = problem.where[1:] if here and problem.where[:1] == (key,) else problem.where
            text = self._words.problem(problem)
            yield (str(where[0]), text) if here and where else ("note", f"{problem.path}：{text}")

    def _new_name(self, key: str, table: Mapping[str, Any]) -> str:
        if not _KEY.fullmatch(key):
            return self._words.refusals[Refusal.NAME_FORM.value]
        return self._words.refusals[Refusal.NAME_TAKEN.value] if key in table else ""

    def _page(
        self,
        request: web.Request,
        part: Part,
        entry_key: str,
        seen: int,
        shown: Texts,
        errors: Errors | None = None,
        entry: Any = None,
        *,
        key: str = "",
        theirs: Texts | None = None,
        status: int = 200,
    ) -> web.Response:
        here = address(part)
        return self._pages.render(
            request,
            "content/entry.html",
            status=status,
            errors=errors or {},
            told=self._words,
            names=self._words.table_fields,
            part=part,
            here=here,
            action=f"{here}/entries/{entry_key}" if entry_key else f"{here}/new",
            key=entry_key or key,
            new=not entry_key,
            title=self._words.replies.get(entry_key) or shown.get("title") or shown.get("name") or entry_key,
            table=TABLES[part.key],
            form=shown,
            theirs=theirs,
            seen=seen,
            knowledge=self._room.knowledge(),
            shown=self._preview(part, entry_key or key, entry),
            problems=list((errors or {}).items()),
        )

    def _preview(self, part: Part, key: str, entry: Any) -> Preview | None:
        if entry is None:
            return None
        return entry_preview(self._room.knowledge(), part.key, key, entry, self._room.render)


def _table(request: web.Request) -> Part:
    part = part_of(request)
    if part.key not in TABLES:
        raise web.HTTPNotFound
    return part


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
