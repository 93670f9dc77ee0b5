"""What is made of a cluster with one click, and that everything new is taken in at once."""

from __future__ import annotations

from collections.abc import Sequence

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.content.drafts import id_fits
from bot.content.room import address
from bot.unanswered.deciding import Done, Wanted
from bot.unanswered.model import Outcome
from bot.unanswered.room import UnansweredRoom
from bot.unanswered.views.pages import LONGEST_NOTE, LONGEST_TITLE, MOST, PATH, PagesViews
from bot.unanswered.words import Words
from policies_kb.parts import topic_part

AT_ONCE = 3
"""Batches; the rest is taken in by the hourly round."""


class ActsViews:
    """Each act names the version of the cluster that was seen, so that nobody undoes what he has not read."""

    def __init__(self, room: UnansweredRoom, pages: Pages, shown: PagesViews, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._shown = shown
        self._words = words

    async def mine(self, request: web.Request) -> web.Response:
        """Take in what is new; of what has piled up since long ago only so much as one can wait for."""
        count = await self._room.mining.mine(AT_ONCE)
        return self._pages.moved(PATH, self._words.notices["mined"].format(count=count))

    async def topic(self, request: web.Request) -> web.Response:
        """Begin a topic with the ticked questions, and go on to write its answer."""
        form = await self._form(request)
        title, topic, questions = form.text("title"), form.text("id"), _questions(form)
        errors = {}
        if not 0 < len(title) <= LONGEST_TITLE:
            errors["title"] = self._words.refusals["title"]
        if not id_fits(topic_part(topic)) or topic in self._room.knowledge().topics:
            errors["id"] = self._words.refusals["id"]
        if not 0 < len(questions) <= MOST:
            errors["questions"] = self._words.refusals["questions"]
        if errors:
            return await self._shown.cluster(request, errors, form)
        wanted = self._wanted(request, form, self._words.first_note)
        done = await self._room.deciding.begin_topic(wanted, topic, title, questions)
        if done.outcome is Outcome.DONE:
            return self._pages.moved(f"{address(topic_part(topic))}/edit", self._words.notices["topic"])
        return await self._refused(request, form, done, "id")

    async def questions(self, request: web.Request) -> web.Response:
        """Add the ticked questions to a topic, named by its title or id."""
        form = await self._form(request)
        named, questions, topics = form.text("topic"), _questions(form), self._room.knowledge().topics
        topic = next((one for one in topics.values() if named in (one.id, one.title)), None)
        errors = {} if topic else {"topic": self._words.refusals["topic"]}
        if not 0 < len(questions) <= MOST:
            errors["questions"] = self._words.refusals["questions"]
        if topic is None or errors:
            return await self._shown.cluster(request, errors, form)
        wanted = self._wanted(request, form, self._words.first_note)
        done = await self._room.deciding.add_questions(wanted, topic.id, questions)
        if done.outcome is not Outcome.DONE:
            return await self._refused(request, form, done, "conflict")
        others = "、".join(topics[one].title if one in topics else one for one in done.removed)
        notice = self._words.notices["removed" if others else "questions"]
        return self._pages.moved(PATH, notice.format(title=topic.title, others=others))

    async def ignore(self, request: web.Request) -> web.Response:
        """Leave it, for a reason."""
        form = await self._form(request)
        if not 0 < len(form.text("reason")) <= LONGEST_NOTE:
            return await self._shown.cluster(request, {"reason": self._words.refusals["reason"]}, form)
        outcome = await self._room.deciding.ignore(self._wanted(request, form, form.text("reason")))
        return self._moved(outcome, "ignored")

    async def reopen(self, request: web.Request) -> web.Response:
        """Decide on it again, for a reason."""
        form = await self._form(request)
        if not 0 < len(form.text("reason")) <= LONGEST_NOTE:
            return await self._shown.cluster(request, {"reason": self._words.refusals["reason"]}, form)
        outcome = await self._room.deciding.reopen(self._wanted(request, form, form.text("reason")))
        return self._moved(outcome, "reopened")

    async def _form(self, request: web.Request) -> Form:
        if await self._room.clusters.find(int(request.match_info["cluster"])) is None:
            raise web.HTTPNotFound
        return await form_of(request)

    def _wanted(self, request: web.Request, form: Form, note: str) -> Wanted:
        seen = form.text("seen")
        version = int(seen) if seen.isascii() and seen.isdecimal() and len(seen) < 9 else 0
        return Wanted(int(request.match_info["cluster"]), version, actor(who_of(request).user), note)

    def _moved(self, outcome: Outcome, done: str) -> web.Response:
        told = self._words.notices[done] if outcome is Outcome.DONE else self._words.refusals[outcome.value]
        return self._pages.moved(PATH, told)

    async def _refused(self, request: web.Request, form: Form, done: Done, conflict: str) -> web.Response:
        if done.findings:
            return await self._shown.cluster(request, {"questions": self._words.refusals["found"]}, form, done.findings)
        reason = "stale" if done.outcome is Outcome.STALE else conflict
        return await self._shown.cluster(request, {reason: self._words.refusals[reason]}, form)


def _questions(form: Form) -> Sequence[str]:
    """The ticked questions, each once."""
    return tuple(dict.fromkeys(" ".join(text.split()) for text in form.texts("question") if text.strip()))
