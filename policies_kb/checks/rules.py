"""Eligibility rules must ask for slots that exist, test them with values that fit, and state no figure of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from policies_kb import placeholders
from policies_kb.answer import FIGURES
from policies_kb.base import KeyPath
from policies_kb.eligibility import calculators
from policies_kb.eligibility.rule import Condition, Kind, Operator, Slot
from policies_kb.eligibility.values import ValueInvalid, days, number, parse
from policies_kb.errors import Problem
from policies_kb.figures import bare_figures
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.source import Source

_NUMBERS = (Kind.DURATION, Kind.AMOUNT, Kind.PERCENT)
_KINDS_OF = {
    Operator.IS: (Kind.FLAG, Kind.CHOICE),
    Operator.ONE_OF: (Kind.CHOICE,),
    Operator.AT_LEAST: _NUMBERS,
    Operator.AT_MOST: _NUMBERS,
    Operator.SINCE: (Kind.DATE,),
    Operator.WITHIN: (Kind.DATE,),
}


def check(
    knowledge: KnowledgeBase, topic_sources: Mapping[str, Source], sources: Mapping[str, Source]
) -> Iterator[Problem]:
    """Every breach: of the slots, of the interview, then of the rules topic by topic."""
    for name, slot in knowledge.slots.items():
        yield from _slot(knowledge, name, slot, sources["slots.yml"])
    yield from _interview(knowledge, sources["interview.yml"])
    for topic in knowledge.topics.values():
        source = topic_sources[topic.id]
        if topic.conditions and topic.outcome is None:
            yield source.problem(("conditions",), "the rule has no outcome", "say what follows: outcome: {text: …}")
        if topic.outcome is not None and not topic.conditions:
            yield source.problem(("outcome",), "the rule has no condition", "state at least one condition")
        for index, condition in enumerate(topic.conditions):
            yield from _condition(knowledge, topic, condition, source, ("conditions", index))
        yield from _outcome(knowledge, topic, source)


def _slot(knowledge: KnowledgeBase, name: str, slot: Slot, source: Source) -> Iterator[Problem]:
    if (slot.kind is Kind.CHOICE) != bool(slot.choices):
        yield source.problem((name,), "choices belong to the kind choice, and only there", "add or remove choices")
    if slot.derived is None:
        return
    if slot.none and slot.none not in slot.choices:
        yield source.problem((name, "none"), f"{slot.none} is not among the choices", "name one of them")
    for needed in slot.derived.slots:
        if not _is_amount(knowledge, needed):
            yield source.problem((name, "derived"), f"{needed} is not a slot for an amount", "name one of this file")
    known = slot.kind is Kind.PERCENT and slot.derived.calculator in calculators.DERIVED
    if not known or len(slot.derived.slots) != 2:
        what, remedy = "no slot is worked out so", "make it a percent, name fall_in_percent and two slots"
        yield source.problem((name, "derived"), what, remedy)


def _is_amount(knowledge: KnowledgeBase, name: str) -> bool:
    return name in knowledge.slots and knowledge.slots[name].kind is Kind.AMOUNT


def _interview(knowledge: KnowledgeBase, source: Source) -> Iterator[Problem]:
    for index, name in enumerate(knowledge.interview.topics):
        topic = knowledge.topics.get(name)
        if topic is None or topic.outcome is None:
            yield source.problem(("topics", index), f"{name} is no topic with a rule", "name one by its id")
    for index, name in enumerate(knowledge.interview.slots):
        if name not in knowledge.slots:
            yield source.problem(("slots", index), f"{name} is not a slot", "name a slot of slots.yml")


def _condition(
    knowledge: KnowledgeBase, topic: Topic, condition: Condition, source: Source, where: KeyPath
) -> Iterator[Problem]:
    yield from _texts(topic, source, where, {key: getattr(condition, key) for key in ("text", "why", "otherwise")})
    slot = knowledge.slots.get(condition.slot)
    if slot is None:
        yield source.problem((*where, "slot"), f"{condition.slot} is not a slot", "add it to slots.yml")
        return
    if slot.kind not in _KINDS_OF[condition.operator]:
        what = f"{condition.operator.value} does not test a {slot.kind.value}"
        yield source.problem((*where, "operator"), what, "take an operator for that kind; see rule.py")
        return
    if isinstance(condition.value, tuple) != (condition.operator is Operator.ONE_OF):
        yield source.problem((*where, "value"), "a list of values belongs to one_of", "mend the value or operator")
        return
    try:
        _parsed(slot, condition)
    except ValueInvalid as error:
        yield source.problem((*where, "value"), str(error), "mend the value")
        return
    stated = "".join(str(fact) for fact in topic.facts)
    if slot.kind in (*_NUMBERS, Kind.DATE) and _figures(str(condition.value)) - _figures(stated):
        what = f"{condition.value} is the figure of no fact"
        yield source.problem((*where, "value"), what, "state it as a fact with its item")


def _parsed(slot: Slot, condition: Condition) -> None:
    if isinstance(condition.value, tuple):
        for value in condition.value:
            parse(slot, value)
    elif condition.operator is Operator.WITHIN:
        number(Kind.DURATION, str(condition.value))
    elif condition.operator is Operator.SINCE:
        days(str(condition.value))
    elif slot.kind in _NUMBERS:
        number(slot.kind, str(condition.value))
    else:
        parse(slot, condition.value)


def _figures(text: str) -> set[int]:
    """The numbers of a text; 01 and 1 are the same."""
    return {int(figure) for figure in bare_figures(text) if figure.isdecimal()}


def _outcome(knowledge: KnowledgeBase, topic: Topic, source: Source) -> Iterator[Problem]:
    outcome = topic.outcome
    if outcome is None:
        return
    yield from _texts(topic, source, ("outcome",), {"text": outcome.text})
    if outcome.calculator is None:
        return
    rates = [fact for fact in topic.facts if fact.name == outcome.rate and isinstance(fact.value, int)]
    amounts = [name for name in outcome.slots if _is_amount(knowledge, name)]
    if outcome.calculator not in calculators.COMPUTED or not rates or len(amounts) != 2:
        yield source.problem(
            ("outcome", "calculator"),
            "the calculator is not given what it needs",
            "name share_of_fall, two slots for amounts and the fact that is the rate",
        )


def _texts(topic: Topic, source: Source, where: KeyPath, texts: Mapping[str, str]) -> Iterator[Problem]:
    known = {fact.name for fact in topic.facts} | {"contact"}
    if where == ("outcome",) and any(fact.when for fact in topic.facts):
        known.add(FIGURES)
    for key, text in texts.items():
        for name in placeholders.names(text):
            if name not in known:
                yield source.problem((*where, key), f"{{{name}}} is not a fact of the topic", "mend the name")
        if bare := bare_figures(placeholders.without(text)):
            what = f"figures that are no facts: {', '.join(bare)}"
            yield source.problem((*where, key), what, "state a fact, write {its_name}")
