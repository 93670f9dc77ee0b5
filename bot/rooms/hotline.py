"""The desk at /desk/: conversations that people take over."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from bot.conversation.chain import Voices
from bot.conversation.wording import Wording
from bot.hotline import settings
from bot.hotline.desk import Desk
from bot.hotline.parked import Parked
from bot.hotline.ports import Carrier
from bot.hotline.room import HotlineRoom
from bot.hotline.timers import Timers
from bot.hotline.voice import HotlineVoice
from bot.hours.port import WorkingTime
from bot.replies.desk import ReplyDesk
from bot.storage.hotline import CaseRepository
from bot.storage.sessions import Sessions
from bot.storage.users import UserRepository
from policies_kb.model import KnowledgeBase

WEB = "web"


def services(
    sessions: Sessions,
    carriers: Mapping[str, Carrier],
    replies: ReplyDesk,
    working: WorkingTime,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
) -> HotlineRoom:
    """The desk's services; `carriers` are the ways to workers of the channels that have one."""
    told, words, cases = settings.load(), Wording(knowledge), CaseRepository(sessions)
    ways = {WEB: Parked(), **carriers}
    desk = Desk(cases, UserRepository(sessions), ways, replies, working, told, words, now)
    voice = HotlineVoice(words, desk, working, told, now)
    voices = Voices(always=(voice.answer,), additions=(voice.add,))
    return HotlineRoom(desk, cases, Timers(cases, working, told, now), voices)
