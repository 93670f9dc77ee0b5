"""A process whose workers are asked what they think of answers."""

from __future__ import annotations

import pytest

from bot.assistant.port import Reply
from bot.conversation.chain import Voices
from bot.feedback.asking import FeedbackAnswerer, FeedbackQuestion, Live
from bot.storage.database import Database
from bot.storage.feedback import FeedbackRepository
from tests.conversation.cast import Cast
from tests.factories import knowledge
from tests.fakes import SetClock

LIVE = Live(lambda: "b9f4", lambda topic: 3)


@pytest.fixture
def store(database: Database) -> FeedbackRepository:
    return FeedbackRepository(database.sessions)


@pytest.fixture
def cast(database: Database, store: FeedbackRepository) -> Cast:
    clock = SetClock()

    def fits(channel: str, reply: Reply) -> bool:
        return channel != "wechat" or made.route.fits(reply)

    question = FeedbackQuestion(knowledge, LIVE, clock, fits)
    voices = Voices(always=(FeedbackAnswerer(store, knowledge, clock),), additions=(question,))
    made = Cast(database, clock, voices=voices)
    return made
