"""Names that must exist, figures that must be facts, dates that must be sane."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies_kb import placeholders
from policies_kb.answer import FIGURES, reply_values
from policies_kb.base import ItemNumber, KeyPath
from policies_kb.errors import Problem
from policies_kb.figures import bare_figures
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.source import Source

LONGEST_ANSWER = 300
LONGEST_TITLE = 20
# What single replies may name beyond the contacts and the paper.
OWN_NAMES = {
    "near_scope": {"subject", "contacts"},
    "expired": {"contacts"},
    "suspended": {"contacts"},
    "stopped": {"notice"},
    "expired_successor": {"contacts", "successor"},
    "verdict_met": {"title", "case"},
    "verdict_not_met": {"title", "case"},
    "verdict_unknown": {"title", "case"},
    "condition_known": {"value"},
    "outcome_met": {"outcome"},
    "outcome_unknown": {"outcome"},
    "verdict_change": {"changes"},
    "verdict_computed": {"sum"},
    "verdict_instead": {"benefit"},
    "verdict_progress": {"title", "missing"},
    "verdict_guidance": {"contact"},
    "benefits_missing": {"missing"},
    "privacy": {"days"},
    "person_coming": {"waiting"},
    "person_not_yet": {"waiting"},
    "person_says": {"text"},
    "desk_closed": {"opening"},
    "ticket_taken": {"due"},
    "forgotten": {"messages", "letters", "others", "proof"},
}
REQUIRED_REPLIES = [
    "welcome",
    "greet",
    "help",
    "none_of_these",
    "person_offered",
    "more",
    "handoff",
    "want_person",
    "person_word",
    "person_phrase",
    "person_elsewhere",
    "person_coming",
    "person_not_yet",
    "person_reads",
    "person_says",
    "wait_no_longer",
    "wait_ended",
    "desk_closed",
    "desk_closed_for_long",
    "ticket_word",
    "ticket_how",
    "ticket_no_phone",
    "ticket_long",
    "ticket_enough",
    "ticket_taken",
    "ticket_taken_for_long",
    "clarify",
    "clarify_none",
    "choose_hint",
    "choose_nothing",
    "not_covered",
    "near_scope",
    "expired",
    "expired_successor",
    "suspended",
    "stopped",
    "voice_unheard",
    "image_unread",
    "link_unread",
    "location_unread",
    "unsupported",
    "empty",
    "too_long",
    "trouble",
    "case_told",
    "case_supposed",
    "case_other",
    "verdict_met",
    "verdict_not_met",
    "verdict_unknown",
    "condition_known",
    "condition_unknown",
    "outcome_met",
    "outcome_unknown",
    "verdict_change",
    "verdict_computed",
    "verdict_instead",
    "verdict_progress",
    "verdict_guidance",
    "eligibility_begin",
    "eligibility_yes",
    "eligibility_no",
    "eligibility_skip",
    "eligibility_resume",
    "eligibility_more_exact",
    "eligibility_unclear",
    "eligibility_stopped",
    "eligibility_offer",
    "benefits_certain",
    "benefits_possible",
    "benefits_missing",
    "benefits_none",
    "benefits_guidance",
    "still_looking",
    "view_answer",
    "nothing_waiting",
    "more_waiting",
    "maybe_seen",
    "privacy_notice",
    "privacy_word",
    "privacy",
    "forget_word",
    "forget_confirm",
    "forget_yes",
    "forget_no",
    "forget_kept",
    "forgotten",
    "feedback_ask",
    "feedback_helpful",
    "feedback_unhelpful",
    "feedback_thanks",
    "feedback_why",
    "feedback_off_topic",
    "feedback_outdated",
    "feedback_unclear",
    "feedback_incomplete",
    "feedback_noted",
]


def check(
    knowledge: KnowledgeBase, topic_sources: Mapping[str, Source], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Every breach of the integrity rules, topic by topic, then the shared files."""
    for topic in knowledge.topics.values():
        source = topic_sources[topic.id]
        yield from _topic_names(knowledge, topic, source)
        yield from _topic_items(knowledge, topic, source)
        yield from _topic_wording(topic, source)
        yield from _topic_texts(topic, source)
        yield from _topic_dates(topic, source)
    yield from _unique(knowledge, topic_sources)
    yield from _replies(knowledge, sources["replies.yml"])
    yield from _shared_names(knowledge, sources)


def _topic_names(knowledge: KnowledgeBase, topic: Topic, source: Source) -> Iterator[Problem]:
    if topic.contact not in knowledge.contacts:
        known = ", ".join(knowledge.contacts)
        yield source.problem(("contact",), f"the contact {topic.contact} does not exist", f"use one of {known}")
    for index, notice in enumerate(topic.notices):
        if notice not in knowledge.notices:
            yield source.problem(("notices", index), f"the notice {notice} does not exist", "add it to notices.yml")
    for index, related in enumerate(topic.related):
        if related not in knowledge.topics or related == topic.id:
            yield source.problem(("related", index), f"{related} is not another topic", "name a topic by its id")
    if topic.successor and (topic.successor not in knowledge.topics or topic.successor == topic.id):
        yield source.problem(("successor",), f"{topic.successor} is not another topic", "name a topic by its id")
    seen: set[str] = set()
    for index, fact in enumerate(topic.facts):
        if fact.name in seen or fact.name in ("contact", FIGURES):
            yield source.problem(
                ("facts", index, "name"), f"the fact {fact.name} is taken", "give it a name of its own"
            )
        seen.add(fact.name)


def _topic_items(knowledge: KnowledgeBase, topic: Topic, source: Source) -> Iterator[Problem]:
    if not topic.sources:
        yield source.problem(("sources",), "the topic has no source", "name the document and item it rests on")
    cited: set[ItemNumber] = set()
    for index, ref in enumerate(topic.sources):
        document = knowledge.documents.get(ref.document)
        if document is None:
            known = ", ".join(knowledge.documents)
            yield source.problem(("sources", index), f"the document {ref.document} does not exist", f"use {known}")
        elif document.item(ref.item) is None:
            yield source.problem(
                ("sources", index, "item"), f"item {ref.item} does not exist", "use the paper's number"
            )
        cited.add(ref.item)
    places: list[tuple[KeyPath, ItemNumber]] = [(("facts", i, "item"), fact.item) for i, fact in enumerate(topic.facts)]
    places += [(("conditions", i, "item"), condition.item) for i, condition in enumerate(topic.conditions)]
    for where, item in places:
        if item not in cited:
            yield source.problem(
                where, f"item {item} is not among the topic's sources", "add the source or mend the item"
            )


def _topic_wording(topic: Topic, source: Source) -> Iterator[Problem]:
    if not topic.facts:
        yield source.problem(("facts",), "the topic has no fact", "state at least one fact with its item")
    values = {fact.name for fact in topic.facts} | {"contact", FIGURES}
    for key, text in (("answer", topic.answer), ("hotline", topic.hotline)):
        for name in placeholders.names(text):
            if name not in values:
                yield source.problem((key,), f"{{{name}}} is not a fact of the topic", "add the fact or mend the name")
        bare = bare_figures(placeholders.without(text))
        if bare:
            yield source.problem(
                (key,), f"figures that are no facts: {', '.join(bare)}", "state a fact, write {its_name}"
            )
    if FIGURES in placeholders.names(topic.answer) and not any(fact.when for fact in topic.facts):
        yield source.problem(("answer",), "{figures} needs facts with `when`", "add `when` to the facts it should list")
    if len(placeholders.without(topic.answer)) > LONGEST_ANSWER:
        yield source.problem(("answer",), f"the answer is over {LONGEST_ANSWER} characters", "shorten it")


def _topic_texts(topic: Topic, source: Source) -> Iterator[Problem]:
    if len(topic.title) > LONGEST_TITLE:
        yield source.problem(("title",), f"the title is over {LONGEST_TITLE} characters", "shorten it")
    for key in ("title", "question", "audience", "answer", "hotline", "owner"):
        if not getattr(topic, key).strip():
            yield source.problem((key,), f"{key} is empty", "write it")


def _topic_dates(topic: Topic, source: Source) -> Iterator[Problem]:
    if topic.suspended:
        yield source.problem(("suspended",), "suspended is no content", "use the operators' switch")
    if topic.valid_to is not None and topic.valid_to < topic.valid_from:
        yield source.problem(("valid_to",), "valid_to is before valid_from", "mend the dates")
    if topic.review_by < topic.valid_from:
        yield source.problem(("review_by",), "review_by is before valid_from", "mend the dates")


def _unique(knowledge: KnowledgeBase, topic_sources: Mapping[str, Source]) -> Iterator[Problem]:
    for key in ("title", "question"):
        first: dict[str, str] = {}
        for topic in knowledge.topics.values():
            other = first.setdefault(getattr(topic, key), topic.id)
            if other != topic.id:
                yield topic_sources[topic.id].problem((key,), f"{other} has the same {key}", "tell the two apart")


def _replies(knowledge: KnowledgeBase, source: Source) -> Iterator[Problem]:
    known = set(reply_values(knowledge))
    for key in REQUIRED_REPLIES:
        if key not in knowledge.replies:
            yield source.problem((), f"the reply {key} is missing", f"add {key}: {{text: …}}")
    for key, reply in knowledge.replies.items():
        for name in placeholders.names(reply.text):
            if name not in known | OWN_NAMES.get(key, set()):
                yield source.problem((key, "text"), f"{{{name}}} is not known", "name a contact of contacts.yml")
        bare = bare_figures(placeholders.without(reply.text))
        if bare:
            yield source.problem((key, "text"), f"a bare figure: {', '.join(bare)}", "use the contact's name in braces")
        for index, example in enumerate(reply.examples):
            if example not in knowledge.topics:
                yield source.problem((key, "examples", index), f"{example} is not a topic", "name a topic by its id")


def _shared_names(knowledge: KnowledgeBase, sources: Mapping[str, Source]) -> Iterator[Problem]:
    for key, near in knowledge.near_scope.items():
        for index, contact in enumerate(near.contacts):
            if contact not in knowledge.contacts:
                where = (key, "contacts", index)
                yield sources["near_scope.yml"].problem(where, f"{contact} is no contact", "use one of contacts.yml")
    for key, notice in knowledge.notices.items():
        if notice.contact not in knowledge.contacts:
            yield sources["notices.yml"].problem(
                (key, "contact"), "the contact does not exist", "use one of contacts.yml"
            )
        unknown = set(placeholders.names(notice.text)) - {"since", "contact"}
        if unknown or bare_figures(placeholders.without(notice.text)):
            yield sources["notices.yml"].problem(
                (key, "text"), "unknown name or bare figure", "use {since} and {contact}"
            )
