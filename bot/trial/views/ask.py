"""The page on which one question is tried out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aiohttp import web

from bot.console.form import Form, form_of
from bot.console.rendering import Pages, local_day
from bot.trial.model import Answer, Conditions
from bot.trial.room import TrialRoom
from bot.trial.stage import Staged
from bot.trial.words import Words
from policies_kb.errors import ContentInvalid

_MOST_EARLIER = 10
BLANK: Mapping[str, str] = {"question": "", "earlier": "", "day": "", "content": "", "rows": ""}
"""The fields of the page's forms."""


class AskViews:
    """For everybody who works on the content; nothing is kept."""

    def __init__(self, room: TrialRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """The empty form, and the batches so far."""
        return await self.page(request, {**BLANK, "question": request.query.get("question", "")[:1000]})

    async def ask(self, request: web.Request) -> web.Response:
        """Ask, and show what came of it."""
        form = await form_of(request)
        entered = {name: form.text(name) for name in BLANK}
        texts = [line.strip() for line in entered["earlier"].splitlines() if line.strip()][-_MOST_EARLIER:]
        errors = {} if entered["question"] else {"question": self._words.refusals["question_missing"]}
        conditions = conditions_of(form, self._words, errors)
        if errors:
            return await self.page(request, entered, errors=errors)
        try:
            staged = await self._room.stage.suppose(conditions)
        except ContentInvalid:
            return await self.page(request, entered, errors={"day": self._words.refusals["content_broken"]})
        answers = await self._room.asking.ask([*texts, entered["question"]], staged.supposed)
        return await self.page(request, entered, answers, staged)

    async def page(
        self,
        request: web.Request,
        entered: Mapping[str, str],
        answers: Sequence[Answer] = (),
        staged: Staged | None = None,
        errors: Mapping[str, str] | None = None,
    ) -> web.Response:
        """The page with what was entered, and what was answered."""
        return self._pages.render(
            request,
            "trial/ask.html",
            status=422 if errors else 200,
            errors=errors,
            told=self._words,
            entered=entered,
            earlier=answers[:-1],
            answer=answers[-1] if answers else None,
            staged=staged,
            knowledge=staged.supposed.knowledge if staged else self._room.knowledge(),
            runs=await self._room.batches.runs.latest(self._room.now()),
            may_stage=self._room.staged,
        )


def conditions_of(form: Form, words: Words, errors: dict[str, str]) -> Conditions:
    """The day and the content that were chosen; what is wrong with the day is added to the errors."""
    day = None
    if form.text("day"):
        try:
            day = local_day(form.text("day")).date()
        except ValueError:
            errors["day"] = words.refusals["day_form"]
    return Conditions(form.text("content") in ("drafts", "both"), day)
