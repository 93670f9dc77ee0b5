"""The pages at /desk/replies: the canned replies of the hotline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.console.rendering import Pages
from bot.console.room import Room
from bot.replies import routes, words
from bot.replies.desk import ReplyDesk
from bot.replies.keeping import Keeping
from bot.replies.live import LiveReplies
from bot.replies.room import RepliesRoom
from bot.replies.views.exchange import ExchangeViews
from bot.replies.views.find import FindViews
from bot.replies.views.keep import KeepViews
from bot.storage.replies import ReplyRepository
from bot.storage.sessions import Sessions
from policies_kb.model import KnowledgeBase


def services(sessions: Sessions, knowledge: Callable[[], KnowledgeBase], now: Callable[[], datetime]) -> RepliesRoom:
    """The canned replies' services; the desk asks `desk` of them before it sends one."""
    store = ReplyRepository(sessions)
    live = LiveReplies(store, knowledge, now)
    return RepliesRoom(ReplyDesk(live), Keeping(store, live, now), knowledge)


def room(parts: RepliesRoom) -> Room:
    """The pages; see `services` for what they work with."""
    told = words.load()

    def routed(pages: Pages) -> list[web.RouteDef]:
        find, keep = FindViews(parts, pages, told), KeepViews(parts, pages, told)
        return list(routes.routes(find, keep, ExchangeViews(parts, pages, told)))

    return Room(tuple(routes.links(told)), routed)
