"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.content.routes import READ
from bot.exchange.model import MOST_BYTES
from bot.exchange.views import PATH, TYPES, ExchangeViews

_FORM = 64 * 1024
"""What surrounds a file in a form."""


def routes(views: ExchangeViews) -> list[web.RouteDef]:
    """What the application adds to its router for import and export."""
    draft = may(Right.DRAFT)
    return [
        page(PATH, views.show, roles=READ),
        page(f"{PATH}/content.{{kind:{'|'.join(TYPES)}}}", views.export, roles=READ),
        action(f"{PATH}/look", views.look, roles=draft, most=MOST_BYTES + _FORM),
        action(f"{PATH}/take", views.take, roles=draft),
    ]
