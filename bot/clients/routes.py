"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.clients.views import PATH, ClientsViews
from bot.clients.words import Words
from bot.console.page import action, page
from bot.console.rendering import Link

_OPERATE = may(Right.OPERATE)
_ONE = PATH + r"/{client:\d{1,9}}"


def routes(views: ClientsViews) -> list[web.RouteDef]:
    """What the application adds to its router for the clients."""
    return [
        page(PATH, views.all, roles=_OPERATE),
        action(PATH, views.add, roles=_OPERATE),
        page(_ONE, views.show, roles=_OPERATE),
        action(f"{_ONE}/change", views.change, roles=_OPERATE),
        action(f"{_ONE}/disable", views.disable, roles=_OPERATE),
        action(f"{_ONE}/enable", views.enable, roles=_OPERATE),
        action(f"{_ONE}/key", views.replace_key, roles=_OPERATE),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _OPERATE)]
