"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.learning.views.training import PATH, TrainingViews
from bot.learning.words import Words

_TRAIN = may(Right.TRAIN)
_USE = _TRAIN | may(Right.APPROVE)


def routes(views: TrainingViews) -> list[web.RouteDef]:
    """What the application adds to its router for the training."""
    return [
        page(PATH, views.show, roles=_USE),
        action(f"{PATH}/runs", views.begin, roles=_TRAIN),
        page(PATH + r"/runs/{training:\d{1,9}}", views.run, roles=_USE),
        action(PATH + "/models/{model:[0-9a-z]{1,32}}/use", views.use, roles=_USE),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _USE)]
