"""The desk at /desk/: conversations that people take over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from aiohttp import web

from bot.console.rendering import Pages
from bot.console.room import Room
from bot.conversation.chain import Voices
from bot.conversation.wording import Wording
from bot.hotline import routes, settings, words
from bot.hotline.desk import Desk
from bot.hotline.live import LiveDesk, Seeing
from bot.hotline.ports import Carrier
from bot.hotline.room import HotlineRoom
from bot.hotline.timers import Timers
from bot.hotline.views.acts import ActViews
from bot.hotline.views.board import BoardViews
from bot.hotline.views.live import LASTS, LiveViews
from bot.hotline.views.supervisor import SupervisorViews
from bot.hotline.voice import HotlineVoice
from bot.hours.port import WorkingTime
from bot.replies.desk import ReplyDesk
from bot.storage.hotline import CaseRepository
from bot.storage.hotline_live import DeskLiveRepository
from bot.storage.hotline_past import PastRepository
from bot.storage.sessions import Sessions
from bot.storage.users import UserRepository
from policies_kb.model import KnowledgeBase


def services(
    sessions: Sessions,
    carriers: Mapping[str, Carrier],
    replies: ReplyDesk,
    working: WorkingTime,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
) -> HotlineRoom:
    """The desk's services; `carriers` are the ways to workers of the channels that have one."""
    told, wording, cases = settings.load(), Wording(knowledge), CaseRepository(sessions)
    desk = Desk(cases, UserRepository(sessions), carriers, replies, working, told, wording, now)
    voice = HotlineVoice(wording, desk, working, told, now)
    voices = Voices(always=(voice.answer,), additions=(voice.add,))
    looks = DeskLiveRepository(sessions)
    timers = Timers(cases, working, told, now)
    return HotlineRoom(
        desk, cases, timers, LiveDesk(looks, now), Seeing(looks, now), PastRepository(sessions), working, voices
    )


def room(
    parts: HotlineRoom, knowledge: Callable[[], KnowledgeBase], now: Callable[[], datetime], lasts: float = LASTS
) -> Room:
    """The pages; see `services` for what they work with. Streams end and begin anew after so many seconds."""
    told = words.load()

    def routed(pages: Pages) -> list[web.RouteDef]:
        board = BoardViews(parts, knowledge, pages, told, now)
        return list(
            routes.routes(
                board,
                ActViews(parts, pages, told),
                LiveViews(parts, pages, told, now, lasts),
                SupervisorViews(parts, pages, told, now),
            )
        )

    return Room(tuple(routes.links(told)), routed, parts.live.close)
