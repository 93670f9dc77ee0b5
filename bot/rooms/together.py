"""All rooms of the consoles on one service."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from bot.assistant.port import Assistant
from bot.clients.live import LiveClients
from bot.console.room import Room
from bot.content.asking import Asking
from bot.content.live import LiveKnowledge
from bot.conversation.memory import TurnMemory
from bot.hints import Hints
from bot.hotline.ports import Carrier
from bot.hotline.room import HotlineRoom
from bot.hours.room import HoursRoom
from bot.insight.service import Insight
from bot.replies.room import RepliesRoom
from bot.rooms import clients as clients_room
from bot.rooms import (
    content,
    doctor,
    feedback,
    hotline,
    hours,
    insight,
    learning,
    replies,
    switches,
    tickets,
    trial,
    unanswered,
)
from bot.rooms.content import Contents
from bot.settings import Settings
from bot.storage.sessions import Sessions
from bot.switches.live import LiveSwitches
from bot.tickets.room import TicketsRoom
from bot.unanswered.mining import Mining


@dataclass(frozen=True, slots=True)
class Rooms:
    """`all` of them in the order of the navigation, and what others than their pages work with."""

    contents: Contents
    replies: RepliesRoom
    mining: Mining
    hotline: HotlineRoom
    hours: HoursRoom
    tickets: TicketsRoom
    insight: Insight
    all: tuple[Room, ...]


def together(
    settings: Settings,
    sessions: Sessions,
    hints: Hints,
    knowledge: LiveKnowledge,
    stops: LiveSwitches,
    clients: LiveClients,
    assistant: Assistant,
    memory: TurnMemory,
    carriers: Mapping[str, Carrier],
    now: Callable[[], datetime],
) -> Rooms:
    """The rooms; `assistant` is the one that answers workers, without what measures it, `carriers` the ways to them."""
    understands = Asking(assistant, memory)
    contents = content.services(sessions, knowledge, now, understands)
    open_questions = unanswered.services(sessions, contents.room, understands, now)
    canned = replies.services(sessions, knowledge, now)
    working = hours.services(sessions, now)
    taken_over = hotline.services(sessions, carriers, canned.desk, working.live, knowledge, now)
    left = tickets.services(sessions, taken_over.desk, working.live, knowledge, now)
    seen = insight.services(sessions, knowledge, now)
    every = (
        hotline.room(taken_over, knowledge, now),
        tickets.room(left),
        replies.room(canned),
        content.room(contents),
        feedback.room(feedback.services(sessions, knowledge, now)),
        unanswered.room(open_questions),
        trial.room(trial.services(settings, sessions, assistant, memory, knowledge, now)),
        learning.room(learning.services(settings, sessions, hints, knowledge, now)),
        insight.room(seen),
        switches.room(stops, knowledge),
        doctor.room(settings, now),
        clients_room.room(clients),
        hours.room(working),
    )
    return Rooms(contents, canned, open_questions.mining, taken_over, working, left, seen, every)
