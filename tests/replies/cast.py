"""One process with its canned replies, and content that is replaced as a publication replaces it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.accounts.model import User
from bot.replies.desk import ReplyDesk
from bot.replies.index import Wanted
from bot.replies.keeping import Keeping
from bot.replies.live import LiveReplies
from bot.replies.model import Draft
from bot.storage.audit import AuditRepository
from bot.storage.replies import ReplyRepository
from bot.storage.sessions import Sessions
from policies_kb.model import KnowledgeBase, Topic
from tests.accounts.cast import SetClock
from tests.factories import knowledge, with_topic

ON = ["sqlite"]
"""The engine where SQL does not differ."""


class Content:
    """The knowledge base in force."""

    def __init__(self) -> None:
        self.held = knowledge()

    def __call__(self) -> KnowledgeBase:
        return self.held

    def publish(self, *topics: Topic) -> None:
        """Replace it, with these topics changed."""
        self.held = with_topic(*topics)


@dataclass(frozen=True)
class Process:
    """The services of one process."""

    content: Content
    clock: SetClock
    store: ReplyRepository
    live: LiveReplies
    desk: ReplyDesk
    keeping: Keeping
    log: AuditRepository

    async def found(self, user: User, text: str = "", scope: str = "", limit: int = 20) -> list[str]:
        """The titles of what is found."""
        return [card.title for card in await self.desk.search(user, Wanted(text, scope), limit)]

    def now(self) -> datetime:
        """The time."""
        return self.clock()


def draft(
    title: str = "您好", text: str = "您好，请讲。", shortcut: str = "", category: str = "", topic: str = ""
) -> Draft:
    """What a person writes."""
    return Draft(category, shortcut, title, text, topic)


def process(sessions: Sessions, content: Content, clock: SetClock) -> Process:
    """A process on a database."""
    store = ReplyRepository(sessions)
    live = LiveReplies(store, content, clock)
    return Process(content, clock, store, live, ReplyDesk(live), Keeping(store, live, clock), AuditRepository(sessions))
