"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.feedback.views import PATH, FeedbackViews
from bot.feedback.words import Words

_READ = may(Right.DRAFT) | may(Right.APPROVE)


def routes(views: FeedbackViews) -> list[web.RouteDef]:
    """What the application adds to its router for feedback."""
    return [
        page(PATH, views.show, roles=_READ),
        action(rf"{PATH}/{{task:\d{{1,9}}}}/done", views.done, roles=_READ),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _READ)]
