"""The state of a topic that a reply was held to fit, so that a later version or its end is noticed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import msgspec

from bot.replies.model import Mark
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.parts import plain

_GONE, _EXPIRED = "gone", ":expired"


class Standings:
    """The state of each topic on a day; the same for the same content, also where it is published anew."""

    def __init__(self, knowledge: KnowledgeBase, today: date) -> None:
        self.knowledge = knowledge
        self.today = today
        self._known = {"": ""}

    def of(self, topic_id: str) -> str:
        """The state of a topic; "" for no topic."""
        if topic_id not in self._known:
            self._known[topic_id] = self._worked_out(topic_id)
        return self._known[topic_id]

    def _worked_out(self, topic_id: str) -> str:
        topic = self.knowledge.topics.get(topic_id)
        if topic is None:
            return _GONE
        return _digest(topic) + ("" if topic.in_force(self.today) else _EXPIRED)


def mark_of(held: str, now: str) -> Mark | None:
    """Why a reply that was held to fit one standing does not fit another."""
    if held == now:
        return None
    if now == _GONE:
        return Mark.GONE
    # What was confirmed in spite of its end can only have changed since.
    return Mark.EXPIRED if now.endswith(_EXPIRED) and not held.endswith(_EXPIRED) else Mark.CHANGED


def _digest(topic: Topic) -> str:
    # Without defaults: a field that a later program adds does not make every topic a changed one.
    return sha256(msgspec.json.encode(plain(topic))).hexdigest()[:32]
