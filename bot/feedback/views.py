"""The page of the answers that were of no use, by topic and reason, and that a task is done."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aiohttp import web

from bot.accounts.audit import Entry, actor
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.paging import SIZE, Page
from bot.feedback.model import Closing, Filter, Reason, Task
from bot.feedback.room import FeedbackRoom
from bot.feedback.words import Words

PATH = "/admin/feedback"
LONGEST_NOTE = 500
Counts = Mapping[tuple[str, Reason | None], int]


class Row(NamedTuple):
    """A topic with its open tasks: how many, and how many for each reason."""

    topic: str
    title: str
    owner: str
    tasks: int
    reasons: Mapping[str, int]


class FeedbackViews:
    """For everybody who works on the content."""

    def __init__(self, room: FeedbackRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """The tasks that the filter lets through."""
        return await self._page(request)

    async def done(self, request: web.Request) -> web.Response:
        """Note that a task is done, and what was done."""
        number, note = int(request.match_info["task"]), (await form_of(request)).text("note")
        if await self._room.tasks.find(number) is None:
            raise web.HTTPNotFound
        if not 0 < len(note) <= LONGEST_NOTE:
            return await self._page(request, {f"note-{number}": self._words.refusals["note"]}, note)
        now, by = self._room.now(), actor(who_of(request).user)
        entry = Entry(now, by, "close", "feedback", str(number), note)
        closed = await self._room.tasks.close(number, Closing(by.name, now, note), entry)
        return self._pages.moved(PATH, self._words.notices["done" if closed else "already"])

    async def _page(
        self, request: web.Request, errors: Mapping[str, str] | None = None, entered: str = ""
    ) -> web.Response:
        query = request.query
        chosen = {name: query.get(name, "") for name in ("topic", "owner", "reason", "state")}
        number = int(query["page"]) if query.get("page", "").isdecimal() and len(query["page"]) < 4 else 1
        skipped = max(number - 1, 0) * SIZE
        found = await self._room.tasks.page(self._filter(chosen), skipped, SIZE + 1)
        counts = await self._room.tasks.counts()
        owners = sorted({topic.owner for topic in self._room.knowledge().topics.values()})
        return self._pages.render(
            request,
            "feedback/feedback.html",
            status=422 if errors else 200,
            errors=errors,
            told=self._words,
            chosen=chosen,
            rows=self._rows(counts),
            tasks=[self._shown(task) for task in found[:SIZE]],
            page=Page(found[:SIZE], number, len(found), len(found) > SIZE),
            reasons=[(one.value, self._words.reasons[one.value]) for one in Reason],
            owners=[(owner, owner) for owner in owners],
            entered=entered,
            most=LONGEST_NOTE,
        )

    def _filter(self, chosen: Mapping[str, str]) -> Filter:
        topics: frozenset[str] | None = frozenset({chosen["topic"]}) if chosen["topic"] else None
        if chosen["owner"]:
            everything = self._room.knowledge().topics.values()
            owned = frozenset(topic.id for topic in everything if topic.owner == chosen["owner"])
            topics = owned if topics is None else owned & topics
        known = {one.value: one for one in Reason}
        return Filter(chosen["state"] != "done", topics, known.get(chosen["reason"]))

    def _rows(self, counts: Counts) -> list[Row]:
        found: dict[str, dict[str, int]] = {}
        for (topic, reason), count in counts.items():
            name = self._words.reasons[reason.value] if reason else self._words.no_reason
            found.setdefault(topic, {})[name] = count
        rows = [Row(topic, *self._named(topic), sum(by.values()), by) for topic, by in found.items()]
        return sorted(rows, key=lambda row: (-row.tasks, row.title))

    def _shown(self, task: Task) -> dict[str, object]:
        title, owner = self._named(task.topic)
        version = self._room.version(task.topic)
        reason = self._words.reasons[task.reason.value] if task.reason else self._words.no_reason
        return {"task": task, "title": title, "owner": owner, "now": version, "reason": reason}

    def _named(self, topic: str) -> tuple[str, str]:
        held = self._room.knowledge().topics.get(topic)
        return (held.title, held.owner) if held is not None else (topic, "")
