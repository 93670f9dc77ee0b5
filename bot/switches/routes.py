"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.switches.views import PATH, SwitchesViews
from bot.switches.words import Words

_OPERATE = may(Right.OPERATE)


def routes(views: SwitchesViews) -> list[web.RouteDef]:
    """What the application adds to its router for the switches."""
    return [
        page(PATH, views.show, roles=_OPERATE),
        action(f"{PATH}/assistant", views.assistant, roles=_OPERATE),
        action(f"{PATH}/topic", views.topic, roles=_OPERATE),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _OPERATE)]
