"""Makes what a worker reads out of a topic: the wording with its figures, later rules, and the source line."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date

from policies_kb.chinese_date import written
from policies_kb.model import Aspect, Document, Entity, Fact, KnowledgeBase, Topic
from policies_kb.placeholders import fill, names
from policies_kb.query import successor_in_force

FIGURES = "figures"
Named = Mapping[Entity, frozenset[str]]
"""What the worker named, such as {Entity.MEDAL: {"金牌"}}."""


def worker_answer(knowledge: KnowledgeBase, topic: Topic, named: Named) -> str:
    """The topic's answer with the figures that were named (or all), its notices, the paper's note and the source line."""
    parts = (topic_wording(knowledge, topic, topic.answer, named), *closing_lines(knowledge, topic))
    return "\n".join(part.strip() for part in parts)


def aspect_answer(knowledge: KnowledgeBase, topic: Topic, aspects: Sequence[Aspect], named: Named) -> str | None:
    """Only the facts (and conditions) that tell some sides of the topic, with the source line; None if it has none."""
    facts = [fact for fact in topic.facts if fact.aspect in aspects]
    picked = picked_figures(topic, named)
    lines = [f"{fact.label}：{fact}" for fact in facts if not fact.when or fact in picked]
    if Aspect.CONDITION in aspects and not any(fact.aspect is Aspect.CONDITION for fact in facts):
        lines += [topic_wording(knowledge, topic, condition.text, named) for condition in topic.conditions]
    if not lines:
        return None
    return "\n".join((f"{topic.title}——", *(f"· {line}" for line in lines), *closing_lines(knowledge, topic)))


def hotline_answer(knowledge: KnowledgeBase, topic: Topic, named: Named) -> str:
    """The same for staff on the telephone."""
    return "\n".join((topic_wording(knowledge, topic, topic.hotline, named), *source_lines(knowledge, topic)))


def closing_lines(knowledge: KnowledgeBase, topic: Topic) -> tuple[str, ...]:
    """What no answer may leave out: later rules, the age of the paper, and the source."""
    return (*note_lines(knowledge, topic), *source_lines(knowledge, topic))


def note_lines(knowledge: KnowledgeBase, topic: Topic) -> tuple[str, ...]:
    """Later rules, and the age of the paper."""
    notices = (knowledge.notices[name] for name in topic.notices)
    return (
        *(
            fill(notice.text, {"since": written(notice.since), "contact": knowledge.contacts[notice.contact]})
            for notice in notices
        ),
        *(fill(document.note, {"issued": written(document.issued)}) for document in _documents(knowledge, (topic,))),
    )


def topic_reply(knowledge: KnowledgeBase, topic: Topic, named: Named, today: date) -> tuple[str, tuple[str, ...]]:
    """What a worker gets who asks for a topic on a day, with what is offered to tap."""
    if not topic.in_force(today):
        return expired_reply(knowledge, topic, today)
    offer = (knowledge.replies["eligibility_offer"].text,) if topic.outcome else ()
    return worker_answer(knowledge, topic, named), offer


def expired_reply(knowledge: KnowledgeBase, topic: Topic, today: date) -> tuple[str, tuple[str, ...]]:
    """What is said in place of an answer that is not in force, with the question of its successor to tap."""
    contact = str(knowledge.contacts[topic.contact])
    following = None if topic.suspended else successor_in_force(knowledge, topic, today)
    name = "suspended" if topic.suspended else "expired_successor" if following else "expired"
    values = {**reply_values(knowledge), "contacts": contact, "successor": following.title if following else ""}
    return fill(knowledge.replies[name].text, values), (following.question,) if following else ()


def topic_wording(knowledge: KnowledgeBase, topic: Topic, text: str, named: Named) -> str:
    """A text of the topic with its facts, its contact and the figures that were named filled in."""
    values: dict[str, object] = {fact.name: fact for fact in topic.facts}
    values["contact"] = knowledge.contacts[topic.contact]
    if FIGURES in names(text):
        values[FIGURES] = "\n".join(f"{fact.label}：{fact}" for fact in picked_figures(topic, named))
    return fill(text, values)


def source_lines(knowledge: KnowledgeBase, *topics: Topic) -> tuple[str, ...]:
    """One line for each document, 依据:《title》第9条、第25条, the form that readers and checks rely on."""
    return tuple(f"依据:《{document.title}》{_cited(document, topics)}" for document in _documents(knowledge, topics))


def picked_figures(topic: Topic, named: Named) -> tuple[Fact, ...]:
    """The facts with a `when` that agree with everything named; all of them where none agrees or nothing was named."""
    figures = tuple(fact for fact in topic.facts if fact.when)
    agreeing = tuple(fact for fact in figures if _agrees(fact, named))
    return agreeing or figures


def reply_values(knowledge: KnowledgeBase) -> dict[str, str]:
    """What canned replies may name: each contact, its hours, and the paper that the answers rest on."""
    values = {name: str(contact) for name, contact in knowledge.contacts.items()}
    values |= {f"{name}_hours": contact.hours for name, contact in knowledge.contacts.items()}
    document = _main_document(knowledge)
    values |= {
        "document_title": document.title,
        "document_issuer": document.issuer,
        "document_issued": written(document.issued),
        "document_items": str(sum(isinstance(item.number, int) for item in document.items)),
    }
    return values


def _main_document(knowledge: KnowledgeBase) -> Document:
    """The paper that most answers rest on."""
    if len(knowledge.documents) == 1:
        return next(iter(knowledge.documents.values()))
    counts = Counter(ref.document for topic in knowledge.topics.values() for ref in topic.sources)
    return max(knowledge.documents.values(), key=lambda document: counts[document.id])


def _cited(document: Document, topics: Sequence[Topic]) -> str:
    refs = (ref.item for topic in topics for ref in topic.sources if ref.document == document.id)
    return "、".join(item.cite for item in map(document.item, dict.fromkeys(refs)) if item is not None)


def _agrees(fact: Fact, named: Named) -> bool:
    shared = [entity for entity in fact.when if named.get(entity)]
    return bool(shared) and all(fact.when[entity] in named[entity] for entity in shared)


def _documents(knowledge: KnowledgeBase, topics: Sequence[Topic]) -> tuple[Document, ...]:
    ids = dict.fromkeys(ref.document for topic in topics for ref in topic.sources)
    return tuple(knowledge.documents[document] for document in ids)
