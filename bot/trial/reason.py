"""Why a question was answered so: which threshold or rule decided. It tells what bot/nlu/decision.py does."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from bot.assistant.port import Understanding
from bot.nlu.decision import Thresholds
from bot.trial.model import Reason
from policies_kb.model import KnowledgeBase

ANSWERED, ASKED, REFUSED, OTHER = "answered", "asked", "refused", "other"
_KINDS = {"ask": ANSWERED, "qualify": ANSWERED, "choose": ANSWERED, "clarify": ASKED, "oos": REFUSED}


def kind_of(understood: Understanding | None) -> str:
    """Whether it was answered, asked back or refused, or was no question at all."""
    return OTHER if understood is None else _KINDS.get(understood.intent, OTHER)


def topics_of(understood: Understanding | None) -> tuple[str, ...]:
    """The topics that were answered."""
    if understood is None or understood.intent not in ("ask", "qualify"):
        return ()
    return tuple(topic for topic in (understood.label, understood.also) if topic is not None)


def label_of(understood: Understanding | None) -> str:
    """The label that was acted on, as rankings write it."""
    if understood is None:
        return ""
    return f"{understood.intent}/{understood.label}" if understood.label else understood.intent


def reasons(
    understood: Understanding | None, thresholds: Thresholds, knowledge: KnowledgeBase, today: date
) -> tuple[Reason, ...]:
    """Everything that decided, the first first."""
    if understood is None:
        return (Reason("canned"),)
    if not understood.ranking and understood.intent == "ask":
        return (Reason("outright"), *_not_in_force(understood, knowledge, today))
    return (*_decided(understood, thresholds), *_not_in_force(understood, knowledge, today))


def _decided(understood: Understanding, thresholds: Thresholds) -> Iterator[Reason]:
    best, confidence = understood.ranking[0] if understood.ranking else ("", understood.confidence)
    needed = thresholds.follow if understood.follows else thresholds.answer
    figures = {"confidence": _percent(confidence), "needed": _percent(needed), "refuse": _percent(thresholds.refuse)}
    match understood.intent:
        case "ask" if understood.also is not None:
            yield Reason("two_questions", {"part": _percent(thresholds.part)})
        case "ask" if best != label_of(understood):
            yield Reason("only_a_side" if understood.follows else "by_clause", {"part": _percent(thresholds.part)})
        case "ask":
            yield Reason("confident", figures)
        case "clarify" if confidence >= needed:
            yield Reason("bare", {"bare": str(thresholds.bare)})
        case "clarify":
            yield Reason("between", figures)
        case "oos" if understood.label == "unknown":
            yield Reason("unsure", figures)
        case "oos" if understood.label == "other_province":
            yield Reason("other_province")
        case intent:
            yield Reason(intent, figures)
    if understood.follows:
        yield Reason("follows")


def _not_in_force(understood: Understanding, knowledge: KnowledgeBase, today: date) -> Iterator[Reason]:
    for name in topics_of(understood):
        topic = knowledge.topics.get(name)
        if topic is None:
            yield Reason("no_such_topic", {"topic": name})
        elif not topic.in_force(today):
            until = str(topic.valid_to or "")
            yield Reason("not_in_force", {"topic": topic.title, "since": str(topic.valid_from), "until": until})


def _percent(share: float) -> str:
    return f"{100 * share:.0f}%"
