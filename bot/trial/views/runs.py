"""The batches: begun, looked at, compared, taken away as Excel."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import msgspec
from aiohttp import web

from bot.accounts.audit import actor
from bot.console.form import Form
from bot.console.rendering import Pages, local
from bot.console.request import who_of
from bot.trial import sheet
from bot.trial.batches import TooMany
from bot.trial.judging import compare
from bot.trial.model import Conditions, Result, Row, Run
from bot.trial.room import TrialRoom
from bot.trial.sheet import Cells, Headings, SheetInvalid
from bot.trial.views.ask import BLANK, AskViews, conditions_of
from bot.trial.words import Words
from policies_kb.errors import ContentInvalid
from policies_kb.model import KnowledgeBase

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = ("failed", "right", "all")


class RunsViews:
    """For everybody who works on the content."""

    def __init__(self, room: TrialRoom, pages: Pages, ask: AskViews, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._ask = ask
        self._words = words
        self._headings = Headings(words.header_words, words.refusal_words)

    async def begin(self, request: web.Request) -> web.Response:
        """Begin a batch, or two that can be compared."""
        posted = await request.post()
        form, file = Form(posted), posted.get("file")
        errors: dict[str, str] = {}
        conditions = conditions_of(form, self._words, errors)
        both = [msgspec.structs.replace(conditions, drafts=False), conditions]
        wanted = both if form.text("content") == "both" else [conditions]
        numbers: list[int] = []
        try:
            knowledge = await self._supposed(wanted)
            name, rows = await self._rows(form, file if isinstance(file, web.FileField) else None, knowledge)
            if not errors:
                by = actor(who_of(request).user)
                numbers = await self._room.batches.begin(by, name, rows, wanted)
        except SheetInvalid as error:
            errors["rows"] = self._words.refusals[error.name].format(line=error.line, value=error.value)
        except TooMany:
            errors["rows"] = self._words.refusals["waiting"]
        except ContentInvalid:
            errors["batch-day"] = self._words.refusals["content_broken"]
        if errors:
            entered = {**BLANK, "rows": form.text("rows")}
            return await self._ask.page(request, entered, errors=errors)
        return self._pages.moved(f"/admin/trial/runs/{numbers[-1]}", self._words.notices["begun"])

    async def show(self, request: web.Request) -> web.Response:
        """A batch with its results, those that failed first."""
        run = await self._run(request.match_info["run"])
        results = await self._room.batches.runs.results(run.id)
        wanted = request.query.get("show", "")
        shown = wanted if wanted in _SHOWN else "failed" if run.failed else "all"
        return self._pages.render(
            request,
            "trial/run.html",
            told=self._words,
            run=run,
            shown=shown,
            rows=[one for one in results if shown == "all" or (one.passed if shown == "right" else one.failed)],
            others=[one for one in await self._room.batches.runs.latest(self._room.now()) if one.id != run.id],
            knowledge=self._room.knowledge(),
        )

    async def compare(self, request: web.Request) -> web.Response:
        """Two batches, question by question."""
        before, after = await self._run(request.query.get("with", "")), await self._run(request.match_info["run"])
        runs = self._room.batches.runs
        found = compare(await runs.results(before.id), await runs.results(after.id))
        return self._pages.render(
            request,
            "trial/compare.html",
            told=self._words,
            before=before,
            after=after,
            found=found,
            changed=sorted((pair for pair in found.pairs if pair.changed), key=lambda pair: not pair.worse),
            knowledge=self._room.knowledge(),
        )

    async def export(self, request: web.Request) -> web.Response:
        """A batch as an Excel file."""
        run = await self._run(request.match_info["run"])
        results = await self._room.batches.runs.results(run.id)
        rows = [self._exported(one) for one in results]
        content = await asyncio.to_thread(sheet.workbook, self._words.sheet, self._words.headings, rows)
        name = f"gongyou-trial-{run.id}-{local(run.setting.at)[:10]}.xlsx"
        headers = {"Content-Disposition": f'attachment; filename="{name}"'}
        return web.Response(body=content, content_type=_XLSX, headers=headers)

    def _exported(self, one: Result) -> Sequence[str | float | None]:
        knowledge, answer = self._room.knowledge(), one.answer
        return (
            one.row.question,
            one.row.expected,
            one.row.text,
            self._words.outcomes[one.outcome],
            self._words.titled(answer.label, knowledge),
            None if answer.confidence is None else round(answer.confidence, 3),
            answer.text,
        )

    async def _rows(self, form: Form, file: web.FileField | None, knowledge: KnowledgeBase) -> tuple[str, list[Row]]:
        if file is not None and file.filename:
            content = await asyncio.to_thread(file.file.read)
            cells: list[Cells] = await asyncio.to_thread(sheet.opened, content)
            name = file.filename[:100]
        else:
            cells, name = sheet.pasted(form.secret("rows")), form.text("name")[:100]
        return name, sheet.rows_of(cells, self._headings, knowledge)

    async def _supposed(self, wanted: Sequence[Conditions]) -> KnowledgeBase:
        """The content with the most topics; raises ContentInvalid before anything is begun."""
        return [(await self._room.stage.suppose(one)).supposed.knowledge for one in wanted][-1]

    async def _run(self, number: str) -> Run:
        known = number.isascii() and number.isdecimal() and len(number) < 10
        run = await self._room.batches.runs.find(int(number), self._room.now()) if known else None
        if run is None:
            raise web.HTTPNotFound
        return run
