"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.trial.sheet import LARGEST
from bot.trial.views.ask import AskViews
from bot.trial.views.runs import RunsViews
from bot.trial.words import Words

_READ = may(Right.DRAFT) | may(Right.APPROVE)
_RUN = r"/admin/trial/runs/{run:\d{1,9}}"


def routes(ask: AskViews, runs: RunsViews) -> list[web.RouteDef]:
    """What the application adds to its router for trying out."""
    return [
        page("/admin/trial", ask.show, roles=_READ),
        action("/admin/trial", ask.ask, roles=_READ),
        # A form is a little larger than the file in it.
        action("/admin/trial/runs", runs.begin, roles=_READ, most=LARGEST + 64 * 1024),
        page(_RUN, runs.show, roles=_READ),
        page(f"{_RUN}/compare", runs.compare, roles=_READ),
        page(f"{_RUN}/export", runs.export, roles=_READ),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link("/admin/trial", words.link.title, words.link.about, _READ)]
