"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.replies.keeping import RIGHT
from bot.replies.views.exchange import MOST_BODY, ExchangeViews
from bot.replies.views.find import FindViews
from bot.replies.views.keep import KeepViews
from bot.replies.words import Words

_USE = may(Right.ANSWER_WORKERS) | may(RIGHT)
_PATH = "/desk/replies"
_REPLY = _PATH + r"/own/{reply:\d{1,9}}"


def routes(find: FindViews, keep: KeepViews, exchange: ExchangeViews) -> list[web.RouteDef]:
    """What the application adds to its router for the canned replies."""
    return [
        page(_PATH, find.show, roles=_USE),
        page(f"{_PATH}/search", find.search, roles=_USE),
        action(f"{_PATH}/fill", find.fill, roles=_USE),
        page(f"{_PATH}/own", keep.everything, roles=_USE),
        page(f"{_PATH}/own/new", keep.show_new, roles=_USE),
        action(f"{_PATH}/own/new", keep.add, roles=_USE),
        page(_REPLY, keep.show, roles=_USE),
        action(_REPLY, keep.save, roles=_USE),
        action(f"{_REPLY}/archive", keep.archive, roles=_USE),
        action(f"{_REPLY}/confirm", keep.confirm, roles=may(RIGHT)),
        page(f"{_PATH}/own/export", exchange.export, roles=_USE),
        page(f"{_PATH}/own/import", exchange.show, roles=_USE),
        action(f"{_PATH}/own/import", exchange.take, roles=_USE, most=MOST_BODY),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    told = words.links
    return [
        Link("/desk/replies", told["find"].title, told["find"].about, _USE),
        Link("/desk/replies/own", told["keep"].title, told["keep"].about, _USE),
    ]
