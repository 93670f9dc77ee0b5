"""What the desk's pages, the conversation and the background work with."""

from __future__ import annotations

from dataclasses import dataclass

from bot.conversation.chain import Voices
from bot.hotline.desk import Desk
from bot.hotline.live import LiveDesk, Seeing
from bot.hotline.ports import Cases
from bot.hotline.timers import Timers


@dataclass(frozen=True, slots=True)
class HotlineRoom:
    """The services; `voices` is what the desk says in conversations."""

    desk: Desk
    cases: Cases
    timers: Timers
    live: LiveDesk
    seeing: Seeing
    voices: Voices
