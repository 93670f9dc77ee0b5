"""The pages at /admin/clients: programs and websites that ask here."""

from __future__ import annotations

from bot.clients import routes, words
from bot.clients.live import LiveClients
from bot.clients.views import ClientsViews
from bot.console.room import Room


def room(parts: LiveClients) -> Room:
    """The pages."""
    told = words.load()
    return Room(tuple(routes.links(told)), lambda pages: routes.routes(ClientsViews(parts, pages, told)))
