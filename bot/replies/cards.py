"""All replies as they are found: one of each published topic, and those that people have written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from functools import cache

from bot.replies.model import TEAM, Card, Mark, Reply, Scope
from bot.replies.standing import mark_of, standing_of
from policies_kb.answer import source_lines, topic_wording
from policies_kb.model import KnowledgeBase, Topic

TOPIC_KEY = "topic:"


def cards(knowledge: KnowledgeBase, replies: Iterable[Reply], today: date) -> Iterator[Card]:
    """Every reply with its source and its mark on a day."""
    for topic in knowledge.topics.values():
        yield _of_topic(knowledge, topic, today)

    @cache
    def standing(topic_id: str) -> str:
        return standing_of(knowledge, topic_id, today)

    for reply in replies:
        yield card_of(knowledge, reply, standing(reply.draft.topic))


def card_of(knowledge: KnowledgeBase, reply: Reply, standing: str) -> Card:
    """A reply that people have written, while its topic has that standing."""
    draft, topic = reply.draft, knowledge.topics.get(reply.draft.topic)
    return Card(
        key=reply.key,
        scope=Scope.OWN if reply.owner else Scope.TEAM,
        owner=reply.owner,
        category=draft.category,
        shortcut=draft.shortcut,
        title=draft.title,
        text=draft.text,
        about=topic.title if topic else "",
        source=source_lines(knowledge, topic) if topic else (),
        contact=_contact(knowledge, topic) if topic else "",
        mark=mark_of(reply.standing, standing),
    )


def _of_topic(knowledge: KnowledgeBase, topic: Topic, today: date) -> Card:
    return Card(
        key=TOPIC_KEY + topic.id,
        scope=Scope.TOPIC,
        owner=TEAM,
        category=topic.owner,
        shortcut="",
        title=topic.title,
        # The checks of the content let no topic pass that has no wording for the hotline.
        text=topic_wording(knowledge, topic, topic.hotline, {}),
        about=topic.question,
        source=source_lines(knowledge, topic),
        contact=_contact(knowledge, topic),
        mark=None if topic.in_force(today) else Mark.EXPIRED,
    )


def _contact(knowledge: KnowledgeBase, topic: Topic) -> str:
    contact = knowledge.contacts[topic.contact]
    return f"{contact}（{contact.hours}）"
