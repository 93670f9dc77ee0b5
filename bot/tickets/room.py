"""What the page of requests, and the conversation, work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.conversation.chain import Voices
from bot.hours.port import WorkingTime
from bot.tickets.ports import Tickets
from bot.tickets.service import CallingBack


@dataclass(frozen=True, slots=True)
class TicketsRoom:
    """`voices` is what workers are told."""

    tickets: Tickets
    calling: CallingBack
    working: WorkingTime
    now: Callable[[], datetime]
    voices: Voices
