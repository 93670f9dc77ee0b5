"""The page at /admin/feedback: answers that were of no use; and what makes workers say so."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.assistant.following import digest_of
from bot.assistant.port import Assistant, Reply
from bot.console.room import Room
from bot.content.live import LiveKnowledge
from bot.conversation.chain import Voices
from bot.feedback import routes, words
from bot.feedback.asking import FeedbackAnswerer, FeedbackQuestion, Live
from bot.feedback.room import FeedbackRoom
from bot.feedback.views import FeedbackViews
from bot.storage.feedback import FeedbackRepository
from bot.storage.sessions import Sessions
from policies_kb.model import KnowledgeBase
from policies_kb.parts import topic_part


def services(sessions: Sessions, knowledge: LiveKnowledge, now: Callable[[], datetime]) -> FeedbackRoom:
    """What the page works with."""
    return FeedbackRoom(FeedbackRepository(sessions), knowledge, _version(knowledge), now)


def voices(
    sessions: Sessions,
    assistant: Assistant,
    knowledge: LiveKnowledge,
    served: Callable[[], KnowledgeBase],
    now: Callable[[], datetime],
    fits: Callable[[str, Reply], bool],
) -> Voices:
    """What asks workers, and takes what they say; `assistant` is the one whose answers they are, `fits` as there."""
    live = Live(lambda: digest_of(assistant), _version(knowledge))
    return Voices(
        always=(FeedbackAnswerer(FeedbackRepository(sessions), served, now),),
        additions=(FeedbackQuestion(served, live, now, fits),),
    )


def _version(knowledge: LiveKnowledge) -> Callable[[str], int | None]:
    return lambda topic: knowledge.version(topic_part(topic))


def room(parts: FeedbackRoom) -> Room:
    """The page; see `services` for what it works with."""
    told = words.load()
    return Room(tuple(routes.links(told)), lambda pages: routes.routes(FeedbackViews(parts, pages, told)))
