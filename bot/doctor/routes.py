"""The address of this room, and whom it is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import page
from bot.console.rendering import Link
from bot.doctor.views import PATH, DoctorViews
from bot.doctor.words import Words

_OPERATE = may(Right.OPERATE)


def routes(views: DoctorViews) -> list[web.RouteDef]:
    """What the application adds to its router for the checks."""
    return [page(PATH, views.show, roles=_OPERATE)]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _OPERATE)]
