"""What the pages of the training work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.accounts.audit import Actor
from bot.learning.course import LIFE
from bot.learning.ports import Launcher, Trainings
from bot.learning.service import ModelService
from policies_kb.model import KnowledgeBase


class Busy(Exception):
    """A training is under way, here or on another machine."""


@dataclass(frozen=True, slots=True)
class LearningRoom:
    """`knowledge` is what is served now; where it is `remote`, a Rasa server understands, and nothing is trained here."""

    trainings: Trainings
    models: ModelService
    launcher: Launcher
    knowledge: Callable[[], KnowledgeBase]
    now: Callable[[], datetime]
    remote: bool = False

    async def begin(self, by: Actor, *, serve: bool) -> int:
        """Begin a training; raises Busy."""
        now = self.now()
        number = await self.trainings.begin(by, serve=serve, now=now, alive_until=now + LIFE)
        if number is None:
            raise Busy
        await self.launcher.launch(number)
        return number
