"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import page
from bot.console.rendering import Link
from bot.insight.views import PATH, InsightViews
from bot.insight.words import Words

_READ = may(Right.DRAFT) | may(Right.APPROVE)


def routes(views: InsightViews) -> list[web.RouteDef]:
    """What the application adds to its router for the reports."""
    return [
        page(PATH, views.show, roles=_READ),
        page(f"{PATH}/group", views.group, roles=_READ),
        page(f"{PATH}/export", views.export, roles=_READ),
        page(f"{PATH}/group/export", views.export_group, roles=_READ),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _READ)]
