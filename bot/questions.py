"""Where training finds the questions that are not in the files: the one place that says so, for all who train."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.content.questions import PublishedQuestions
from bot.learning.ports import Questions
from bot.storage.content import ContentRepository
from bot.storage.sessions import Sessions


def added(sessions: Sessions, now: Callable[[], datetime]) -> Questions:
    """What editors have added to topics, and is published."""
    return PublishedQuestions(ContentRepository(sessions), now)
