"""What the pages of what was not answered work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.content.questions import Understands
from bot.unanswered.deciding import Deciding
from bot.unanswered.mining import Mining
from bot.unanswered.ports import Clusters
from policies_kb.model import KnowledgeBase


@dataclass(frozen=True, slots=True)
class UnansweredRoom:
    """`knowledge` is what is published; `understands` tells which topic a question is nearest to."""

    clusters: Clusters
    mining: Mining
    deciding: Deciding
    knowledge: Callable[[], KnowledgeBase]
    understands: Understands
