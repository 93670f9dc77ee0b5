"""The page on which administrators stop the assistant or a topic."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.switches.live import LiveSwitches
from bot.switches.model import ASSISTANT, of_topic
from bot.switches.words import Words
from policies_kb.model import KnowledgeBase

PATH = "/admin/switches"
LONGEST_NOTICE = 200
LONGEST_REASON = 500


class SwitchesViews:
    """`knowledge` is the content in force, whatever is stopped."""

    def __init__(
        self, switches: LiveSwitches, knowledge: Callable[[], KnowledgeBase], pages: Pages, words: Words
    ) -> None:
        self._switches = switches
        self._knowledge = knowledge
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """What is stopped, and the forms."""
        return await self._page(request)

    async def assistant(self, request: web.Request) -> web.Response:
        """Stop the assistant, or let it go on."""
        return await self._changed(request, await form_of(request), ASSISTANT, {})

    async def topic(self, request: web.Request) -> web.Response:
        """Stop a topic, or let it go on; it is named by its title or id."""
        form = await form_of(request)
        topics = self._knowledge().topics
        named = form.text("topic")
        found = next((one.id for one in topics.values() if named in (one.id, one.title)), None)
        # A topic that was retired while it was stopped can still be let go on.
        known = found or (named if of_topic(named) in self._switches.stopped else None)
        errors = {} if known else {"topic": self._words.refusals["topic"]}
        return await self._changed(request, form, of_topic(known or ""), errors)

    async def _changed(self, request: web.Request, form: Form, name: str, errors: Mapping[str, str]) -> web.Response:
        reason, notice, stopped = form.text("reason"), form.text("notice"), form.text("stopped") == "yes"
        found = dict(errors)
        if not 0 < len(reason) <= LONGEST_REASON:
            found["reason"] = self._words.refusals["reason"]
        if len(notice) > LONGEST_NOTICE:
            found["notice"] = self._words.refusals["notice"]
        if found:
            return await self._page(request, found, form)
        by = actor(who_of(request).user)
        told = (notice or self._words.default_notice) if stopped else ""
        done = await self._switches.change(by, name, stopped=stopped, notice=told, reason=reason)
        said = ("stopped" if stopped else "resumed") if done else "already"
        return self._pages.moved(PATH, self._words.notices[said])

    async def _page(
        self, request: web.Request, errors: Mapping[str, str] | None = None, form: Form | None = None
    ) -> web.Response:
        await self._switches.refresh()
        topics = self._knowledge().topics
        stopped = self._switches.stopped
        rows = [
            (switch, topics[switch.topic].title if switch.topic in topics else switch.topic)
            for switch in stopped.values()
            if switch.topic
        ]
        entered = {name: form.text(name) if form else "" for name in ("topic", "notice", "reason")}
        return self._pages.render(
            request,
            "switches/switches.html",
            status=422 if errors else 200,
            errors=errors,
            assistant=stopped.get(ASSISTANT),
            rows=rows,
            titles=sorted(topic.title for topic in topics.values()),
            entered=entered,
            default=self._words.default_notice,
        )
