"""The page at /desk/tickets: workers who left a request are called back."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.console.room import Room
from bot.conversation.chain import Voices
from bot.conversation.wording import Wording
from bot.hours import words as hours_words
from bot.hours.live import LiveHours
from bot.storage.sessions import Sessions
from bot.storage.tickets import TicketRepository
from bot.tickets import routes, words
from bot.tickets.ports import Staffing
from bot.tickets.room import TicketsRoom
from bot.tickets.service import CallingBack
from bot.tickets.views import TicketsViews
from bot.tickets.voice import TicketVoice
from policies_kb.model import KnowledgeBase


def services(
    sessions: Sessions,
    staffing: Staffing,
    live: LiveHours,
    knowledge: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
) -> TicketsRoom:
    """The requests' services; `voices` of them come after those of the desk."""
    kept = TicketRepository(sessions)
    voice = TicketVoice(Wording(knowledge), kept, staffing, live, hours_words.load(), now)
    return TicketsRoom(kept, CallingBack(kept, now), live, now, Voices(always=(voice.answer,)))


def room(parts: TicketsRoom) -> Room:
    """The page; see `services` for what it works with."""
    told = words.load()
    return Room(tuple(routes.links(told)), lambda pages: routes.routes(TicketsViews(parts, pages, told)))
