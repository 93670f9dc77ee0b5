"""The models, the button that trains, and the report of each training."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.audit import actor
from bot.accounts.model import Right
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.learning.model import State
from bot.learning.room import Busy, LearningRoom
from bot.learning.service import ModelUnusable
from bot.learning.words import Words

PATH = "/admin/training"


class TrainingViews:
    """For administrators, who train, and for reviewers, who put into service too."""

    def __init__(self, room: LearningRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """The models there are, and the trainings so far."""
        return await self._shown(request)

    async def begin(self, request: web.Request) -> web.Response:
        """Begin a training, and go to its page."""
        if self._room.remote:
            return await self._shown(request, self._words.problems["remote"])
        serve = bool((await form_of(request)).text("serve"))
        try:
            number = await self._room.begin(actor(who_of(request).user), serve=serve)
        except Busy:
            return await self._shown(request, self._words.problems["busy"])
        return self._pages.moved(f"{PATH}/runs/{number}", self._words.notices["begun"])

    async def use(self, request: web.Request) -> web.Response:
        """Put a model into service: a new one, or an earlier one."""
        reason = (await form_of(request)).text("reason")[:500]
        if not reason:
            return await self._shown(request, self._words.problems["reason_missing"])
        try:
            await self._room.models.use(actor(who_of(request).user), request.match_info["model"], reason)
        except ModelUnusable:
            return await self._shown(request, self._words.problems["unusable"])
        return self._pages.moved(PATH, self._words.notices["used"])

    async def run(self, request: web.Request) -> web.Response:
        """How far a training is, or what it came to."""
        number = int(request.match_info["training"])
        run = await self._room.trainings.find(number, self._room.now())
        if run is None:
            raise web.HTTPNotFound
        usable = {one.digest: one for one in await self._room.models.usable()}
        return self._pages.render(
            request,
            "learning/run.html",
            told=self._words,
            run=run,
            report=await self._room.trainings.report(number),
            model=usable.get(run.digest or "") if run.state is State.READY else None,
            knowledge=self._room.knowledge(),
        )

    async def _shown(self, request: web.Request, *errors: str) -> web.Response:
        trainings = await self._room.trainings.latest(self._room.now())
        usable = {one.digest for one in await self._room.models.usable()}
        return self._pages.render(
            request,
            "learning/models.html",
            status=422 if errors else 200,
            errors={str(place): text for place, text in enumerate(errors)},
            told=self._words,
            models=await self._room.models.versions(),
            usable=usable,
            trainings=trainings,
            running=next((one for one in trainings if one.state is State.RUNNING), None),
            may_train=Right.TRAIN in who_of(request).user.rights and not self._room.remote,
        )
