"""Online practice in the conversation."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.conversation.chain import Voices
from bot.practice import words
from bot.practice.practice import DailyPractice
from bot.storage.practices import PracticeRepository
from bot.storage.sessions import Sessions
from policies_kb.model import KnowledgeBase


def voices(sessions: Sessions, served: Callable[[], KnowledgeBase], now: Callable[[], datetime]) -> Voices:
    """What answers those who practise, on the content that is served."""
    return Voices(others=(DailyPractice(PracticeRepository(sessions), served, now, words.load()),))
