"""Looks up topics by what they have in common."""

from __future__ import annotations

from datetime import date

from policies_kb.model import KnowledgeBase, Topic


def family(knowledge: KnowledgeBase, topic_id: str) -> tuple[str, ...]:
    """The topics that lie next to a topic: those it names as related, and those that rest on the same items."""
    topic = knowledge.topics.get(topic_id)
    if topic is None:
        return ()
    cited = {(ref.document, ref.item) for ref in topic.sources}
    same_items = (
        other.id
        for other in knowledge.topics.values()
        if other.id != topic_id and any((ref.document, ref.item) in cited for ref in other.sources)
    )
    return tuple(dict.fromkeys((*topic.related, *same_items)))


def tested(knowledge: KnowledgeBase, topic_id: str) -> tuple[str, ...]:
    """The slots that a topic's conditions test, and those that they can be worked out from."""
    topic = knowledge.topics.get(topic_id)
    slots = [condition.slot for condition in topic.conditions] if topic is not None else []
    sources = [source for slot in slots for source in knowledge.slots[slot].sources]
    return tuple(dict.fromkeys((*slots, *sources)))


def named_outright(knowledge: KnowledgeBase, text: str) -> Topic | None:
    """The topic whose title or plain question a text is, as it is when a choice was tapped."""
    return next((topic for topic in knowledge.topics.values() if text in (topic.title, topic.question)), None)


def successor_in_force(knowledge: KnowledgeBase, topic: Topic, today: date) -> Topic | None:
    """The topic that holds in place of an expired one, also where that has been followed by another."""
    seen = {topic.id}
    while (following := knowledge.topics.get(topic.successor)) is not None and following.id not in seen:
        if following.in_force(today):
            return following
        seen.add(following.id)
        topic = following
    return None
