"""What the desk's pages, the conversation and the background work with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.chain import Voices
from bot.hotline.desk import Desk
from bot.hotline.live import LiveDesk, Seeing
from bot.hotline.ports import Cases, Past
from bot.hotline.timers import Timers
from bot.hours.port import WorkingTime


@dataclass(frozen=True, slots=True)
class HotlineRoom:
    """The services; `voices` is what the desk says in conversations."""

    desk: Desk
    cases: Cases
    timers: Timers
    live: LiveDesk
    seeing: Seeing
    past: Past
    working: WorkingTime
    voices: Voices
