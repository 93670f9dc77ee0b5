"""The state of a topic that a reply was held to fit, so that a later version or its end is noticed."""

from __future__ import annotations

from datetime import date
from hashlib import sha256

import msgspec

from bot.replies.model import Mark
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.parts import plain

_GONE, _EXPIRED = "gone", ":expired"


def standing_of(knowledge: KnowledgeBase, topic_id: str, today: date) -> str:
    """The same for the same content of a topic, also where it is published anew; "" for no topic."""
    if not topic_id:
        return ""
    topic = knowledge.topics.get(topic_id)
    if topic is None:
        return _GONE
    return _digest(topic) + ("" if topic.in_force(today) else _EXPIRED)


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
