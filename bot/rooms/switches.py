"""The page at /admin/switches: the assistant, or a topic, stopped and started again."""

from __future__ import annotations

from collections.abc import Callable

from bot.console.room import Room
from bot.switches import routes, words
from bot.switches.live import LiveSwitches
from bot.switches.views import SwitchesViews
from policies_kb.model import KnowledgeBase


def room(parts: LiveSwitches, knowledge: Callable[[], KnowledgeBase]) -> Room:
    """The page; `knowledge` is what is published, whatever is stopped."""
    told = words.load()
    return Room(tuple(routes.links(told)), lambda pages: routes.routes(SwitchesViews(parts, knowledge, pages, told)))
