"""What the pages of the canned replies, and the desk, work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.replies.desk import ReplyDesk
from bot.replies.keeping import Keeping
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class RepliesRoom:
    """The services; `knowledge` is what is served now."""

    desk: ReplyDesk
    keeping: Keeping
    knowledge: Callable[[], KnowledgeBase]
