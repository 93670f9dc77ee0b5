"""A message under way, and the deliveries that wait for its reply."""

from __future__ import annotations

import asyncio

from bot.conversation.ports import Answered, Waiting


class NobodyWaits(Exception):
    """The delivery that a reply was to be given to is gone."""


class Work:
    """A message under way.

    `waiting` deliveries would give the worker its reply now. While `recording`, a reply is being recorded as one that
    is given to them: it may be already, and a repeat of theirs would find it. `let_go` is the number of the last
    delivery that was acknowledged without it nevertheless.
    """

    def __init__(self, message: Waiting) -> None:
        self.message = message
        self.waiting = 0
        self.recording = False
        self.troubled = False
        self.let_go = 0
        self.task: asyncio.Task[Answered]

    def trouble(self, troubled: bool) -> None:
        """Note whether the storage fails at this moment."""
        self.troubled = troubled

    def confirm(self) -> None:
        """The last moment before a reply is recorded as given; raise NobodyWaits where nobody is there to give it to."""
        if not self.waiting:
            raise NobodyWaits
        self.recording = True
