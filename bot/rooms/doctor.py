"""The page at /admin/settings: what is not set up as it should be."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.console.room import Room
from bot.doctor import routes, words
from bot.doctor.views import DoctorViews
from bot.settings import Settings


def room(settings: Settings, now: Callable[[], datetime]) -> Room:
    """The page; it looks at what these settings name."""
    told = words.load()
    return Room(tuple(routes.links(told)), lambda pages: routes.routes(DoctorViews(settings, now, pages, told)))
