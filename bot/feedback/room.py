"""What the page of feedback works with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.feedback.ports import Tasks
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class FeedbackRoom:
    """`knowledge` is what is published, and `version` the number of a topic's version in force."""

    tasks: Tasks
    knowledge: Callable[[], KnowledgeBase]
    version: Callable[[str], int | None]
    now: Callable[[], datetime]
