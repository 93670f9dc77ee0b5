"""All replies as they are found: one of each published topic, and those that people have written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from bot.replies.model import TEAM, Card, Mark, Reply, Scope
from bot.replies.standing import Standings, mark_of
from policies_kb.answer import source_lines, topic_wording
from policies_kb.model import KnowledgeBase, Topic

TOPIC_KEY = "topic:"


def cards(standings: Standings, replies: Iterable[Reply]) -> Iterator[Card]:
    """Every reply with its source and its mark, as the topics stand."""
    knowledge = standings.knowledge
    for topic in knowledge.topics.values():
        yield _of_topic(knowledge, topic, standings.today)
    for reply in replies:
        yield _of_reply(knowledge, reply, standings.of(reply.draft.topic))


def _of_reply(knowledge: KnowledgeBase, reply: Reply, standing: str) -> Card:
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
