"""The page on which administrators read the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlencode

from aiohttp import web

from bot.accounts.audit import Entry, Filter, Recorded
from bot.accounts.errors import Problem, Reason, Refused
from bot.accounts.ports import AuditLog
from bot.accounts.words import Words
from bot.console.rendering import Pages, local_day

PATH = "/admin/audit"
SIZE = 50
_FIELDS = ("name", "verb", "kind", "object", "since", "until")


@dataclass(frozen=True, slots=True)
class Difference:
    """One value that an act changed, in words."""

    label: str
    before: str
    after: str


class AuditViews:
    """For administrators; nothing can be changed here."""

    def __init__(self, log: AuditLog, pages: Pages, words: Words) -> None:
        self._log = log
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """A page of the log that the filter lets through."""
        chosen = {name: request.query.get(name, "").replace("\x00", "").strip()[:64] for name in _FIELDS}
        try:
            recorded = await self._log.page(_filter(chosen), _number(request.query.get("below", "")), SIZE + 1)
        except Refused as refused:
            errors = self._words.problems(refused)
            return self._pages.render(
                request, "accounts/audit.html", status=422, errors=errors, chosen=chosen, rows=[], older=None
            )
        return self._pages.render(
            request,
            "accounts/audit.html",
            chosen=chosen,
            rows=[(one.entry, self._differences(one.entry)) for one in recorded[:SIZE]],
            older=_older(chosen, recorded),
        )

    def _differences(self, entry: Entry) -> list[Difference]:
        names = dict.fromkeys([*entry.before, *entry.after])
        return [
            Difference(
                self._words.fields.get(name, name),
                self._told(entry.before.get(name)),
                self._told(entry.after.get(name)),
            )
            for name in names
            if entry.before.get(name) != entry.after.get(name)
        ]

    def _told(self, value: object) -> str:
        if isinstance(value, list):
            return "、".join(self._words.roles.get(str(one), str(one)) for one in value)
        return "" if value is None else str(value)


def _filter(chosen: Mapping[str, str]) -> Filter:
    until = _day(chosen, "until")
    return Filter(
        name=chosen["name"].lower() or None,
        verb=chosen["verb"] or None,
        kind=chosen["kind"] or None,
        object_id=chosen["object"] or None,
        since=_day(chosen, "since"),
        until=until + timedelta(days=1) if until else None,
    )


def _day(chosen: Mapping[str, str], field: str) -> datetime | None:
    try:
        return local_day(chosen[field]) if chosen[field] else None
    except ValueError:
        raise Refused(Problem(field, Reason.DATE_FORM)) from None


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 19 else None


def _older(chosen: Mapping[str, str], recorded: list[Recorded]) -> str | None:
    """The address of the next page, if there is one."""
    if len(recorded) <= SIZE:
        return None
    fields = {name: value for name, value in chosen.items() if value}
    return f"{PATH}?{urlencode({**fields, 'below': recorded[SIZE - 1].number})}"
