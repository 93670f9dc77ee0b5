"""The pages at /admin/hours: when people of the hotline work."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.console.rendering import Pages
from bot.console.room import Room
from bot.hours import routes, words
from bot.hours.keeping import Keeping
from bot.hours.live import LiveHours
from bot.hours.room import HoursRoom
from bot.hours.views.exchange import ExchangeViews
from bot.hours.views.keep import KeepViews
from bot.storage.hours import HoursRepository
from bot.storage.sessions import Sessions


def services(sessions: Sessions, now: Callable[[], datetime]) -> HoursRoom:
    """The hours' services; `live` of them is the WorkingTime of all rooms, and has to be kept running."""
    store = HoursRepository(sessions)
    live = LiveHours(store, words.default_hours())
    return HoursRoom(live, Keeping(store, live, now, words.load().names), now)


def room(parts: HoursRoom) -> Room:
    """The pages; see `services` for what they work with."""
    told = words.load()

    def routed(pages: Pages) -> list[web.RouteDef]:
        return routes.routes(KeepViews(parts, pages, told), ExchangeViews(parts, pages, told))

    return Room(tuple(routes.links(told)), routed)
