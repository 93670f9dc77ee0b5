"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.tickets.views import PATH, TicketsViews
from bot.tickets.words import Words

_ANSWER = may(Right.ANSWER_WORKERS)
_TICKET = rf"{PATH}/{{ticket:\d{{1,15}}}}"


def routes(views: TicketsViews) -> list[web.RouteDef]:
    """What the application adds to its router for the requests."""
    return [
        page(PATH, views.show, roles=_ANSWER),
        action(f"{_TICKET}/take", views.take, roles=_ANSWER),
        action(f"{_TICKET}/release", views.give_back, roles=_ANSWER),
        action(f"{_TICKET}/done", views.finish, roles=_ANSWER),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _ANSWER)]
