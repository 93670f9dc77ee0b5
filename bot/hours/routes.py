"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.hours.sheets import MOST_BYTES
from bot.hours.views.exchange import ExchangeViews
from bot.hours.views.keep import PATH, KeepViews
from bot.hours.words import Words

_OPERATE = may(Right.OPERATE)
_MOST_BODY = 2 * MOST_BYTES


def routes(keep: KeepViews, exchange: ExchangeViews) -> list[web.RouteDef]:
    """What the application adds to its router for the hours."""
    return [
        page(PATH, keep.show, roles=_OPERATE),
        action(f"{PATH}/week", keep.week, roles=_OPERATE),
        action(f"{PATH}/days", keep.days, roles=_OPERATE),
        action(f"{PATH}/teams", keep.add_team, roles=_OPERATE),
        action(f"{PATH}/teams/remove", keep.remove_team, roles=_OPERATE),
        page(f"{PATH}/import", exchange.show, roles=_OPERATE),
        action(f"{PATH}/import", exchange.take, roles=_OPERATE, most=_MOST_BODY),
        page(f"{PATH}/export", exchange.export, roles=_OPERATE),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _OPERATE)]
