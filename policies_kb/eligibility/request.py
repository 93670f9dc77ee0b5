"""What somebody outside a conversation asks for: a topic with a rule, and answers in their written form."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from policies_kb.eligibility.evaluate import Answers, Verdict
from policies_kb.eligibility.rule import Slot
from policies_kb.eligibility.values import Range, Value, ValueInvalid, parse
from policies_kb.errors import KnowledgeError
from policies_kb.model import KnowledgeBase, Topic

LONGEST_ANSWER = 100
"""Characters; every written form is shorter."""


class TopicUnknown(KnowledgeError):
    """No topic with a rule has that id."""


class TopicExpired(KnowledgeError):
    """The topic is not in force on that day."""

    def __init__(self, topic: Topic, contact: str) -> None:
        super().__init__(f"{topic.id} is not in force; ask {contact} for the rule that holds now")
        self.topic = topic


class AnswersInvalid(KnowledgeError):
    """Some answers cannot be used; `problems` tells for each slot what would be accepted."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("\n".join(f"{slot}: {message}" for slot, message in problems.items()))
        self.problems = problems


def ruled_topics(knowledge: KnowledgeBase, today: date) -> tuple[Topic, ...]:
    """The topics that have a rule and are in force."""
    return tuple(topic for topic in knowledge.topics.values() if topic.outcome is not None and topic.in_force(today))


def ruled_topic(knowledge: KnowledgeBase, topic_id: str, today: date) -> Topic:
    """The topic of that id, which has a rule and is in force; raises TopicUnknown or TopicExpired."""
    topic = knowledge.topics.get(topic_id)
    if topic is None or topic.outcome is None:
        what = "no topic has this id" if topic is None else "the topic has no rule"
        accepted = ", ".join(ruled.id for ruled in ruled_topics(knowledge, today))
        raise TopicUnknown(f"{what}; use one of {accepted}")
    if not topic.in_force(today):
        raise TopicExpired(topic, str(knowledge.contacts[topic.contact]))
    return topic


def read_answers(slots: Mapping[str, Slot], written: Mapping[str, object]) -> Answers:
    """The answers as values; raises AnswersInvalid with everything that is wrong with them."""
    answers: dict[str, Value] = {}
    problems: dict[str, str] = {}
    for name, raw in written.items():
        slot = slots.get(name)
        if slot is None:
            problems[name] = f"no slot has this name; use one of {', '.join(slots)}"
            continue
        try:
            answers[name] = read_answer(slot, raw)
        except ValueInvalid as error:
            problems[name] = str(error)
    if problems:
        raise AnswersInvalid(problems)
    return answers


def read_answer(slot: Slot, raw: object) -> Value:
    """One answer as a value, whatever was sent; raises ValueInvalid."""
    if not isinstance(raw, bool | str | int | float):
        raise ValueInvalid("send a string, a number, true or false; leave out what is not known")
    if len(str(raw)) > LONGEST_ANSWER:
        raise ValueInvalid(f"send at most {LONGEST_ANSWER} characters")
    return parse(slot, raw)


def asked_slots(knowledge: KnowledgeBase, topic: Topic) -> tuple[str, ...]:
    """The slots that a form for the topic asks for, in the order of its conditions."""
    return _from_people(knowledge, (condition.slot for condition in topic.conditions))


def missing_slots(knowledge: KnowledgeBase, verdict: Verdict) -> tuple[str, ...]:
    """The slots whose answer, or more exact answer, the verdict still needs."""
    wanted = _from_people(knowledge, (condition.slot for condition in verdict.missing))
    return tuple(slot for slot in wanted if not _exact(verdict.answers.get(slot)))


def _from_people(knowledge: KnowledgeBase, names: Iterable[str]) -> tuple[str, ...]:
    """Each slot once; one that is worked out gives way to those it is worked out from."""
    found: dict[str, None] = {}
    for name in names:
        found.update(dict.fromkeys(knowledge.slots[name].sources or (name,)))
    return tuple(found)


def _exact(value: Value | None) -> bool:
    return value is not None and (not isinstance(value, Range) or value.low == value.high)
