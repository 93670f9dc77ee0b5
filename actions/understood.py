"""What a message was understood as, read from Rasa's tracker into plain types."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

from policies_kb.answer import Named
from policies_kb.model import Aspect, Entity

# How people ask for a side of a topic, and the facts that tell it.
_FACTS_OF = {
    "amount": (Aspect.AMOUNT, Aspect.RATE),
    "fund": (Aspect.FUND,),
    "who": (Aspect.WHO, Aspect.CONDITION),
    "condition": (Aspect.CONDITION, Aspect.WHO),
    "deadline": (Aspect.DEADLINE,),
    "frequency": (Aspect.FREQUENCY,),
    "quota": (Aspect.QUOTA, Aspect.RATE),
    "term": (Aspect.TERM,),
    "provider": (Aspect.PROVIDER, Aspect.FUND),
    "channel": (Aspect.CHANNEL,),
}


@dataclass(frozen=True, slots=True)
class Statement:
    """What the message says about a person; values are written as policies_kb/eligibility/values.py reads them.

    `stated` values have their slot, `loose` ones are (kind, value) that could answer the question just asked. The
    person is the worker himself unless `subject` is "other"; `hypothetical` says that he only supposes it, `asks` that
    it asks whether somebody qualifies.
    """

    stated: Mapping[str, bool | str]
    loose: tuple[tuple[str, bool | str], ...]
    subject: str | None
    hypothetical: bool
    correction: bool
    skip: bool
    stop: bool
    asks: bool

    @property
    def own(self) -> bool:
        """Whether what it says is so, and about the worker himself."""
        return self.subject != "other" and not self.hypothetical


@dataclass(frozen=True, slots=True)
class Understood:
    """`label` within the intent (a topic's id) with its confidence, a second one that was asked `also`, and the topics that came close.

    `follows` says that the message was understood only from the question before it; `aspects` are the sides of the
    topic that it asks for.
    """

    label: str
    confidence: float
    also: str | None
    follows: bool
    aspects: tuple[Aspect, ...]
    close_topics: tuple[str, ...]
    named: Named
    statement: Statement


def understood(tracker: Tracker) -> Understood:
    """The understanding of the latest message; empty for a form such as /ask that Rasa did not have to understand."""
    said = tracker.latest_message.get("understanding", {})
    ranking = [guess["label"].partition("/") for guess in said.get("ranking", [])]
    return Understood(
        label=_name(said.get("label", "")),
        confidence=said.get("confidence", 0.0),
        also=_name(said["also"]) if said.get("also") else None,
        follows=said.get("follows", False),
        aspects=tuple(
            dict.fromkeys(aspect for asked in said.get("aspects", []) for aspect in _FACTS_OF.get(asked, ()))
        ),
        close_topics=tuple(name for intent, _, name in ranking if intent == "ask"),
        named=_named(tracker),
        statement=_statement(tracker.latest_message.get("statement", {})),
    )


def _statement(said: Mapping[str, Any]) -> Statement:
    return Statement(
        stated=said.get("stated", {}),
        loose=tuple((kind, value) for kind, value in said.get("loose", ())),
        subject=said.get("subject"),
        hypothetical=said.get("hypothetical", False),
        correction=said.get("correction", False),
        skip=said.get("skip", False),
        stop=said.get("stop", False),
        asks=said.get("asks", False),
    )


def _name(label: str) -> str:
    return label.partition("/")[2]


def _named(tracker: Tracker) -> Named:
    known = {entity.value for entity in Entity}
    found: dict[Entity, set[str]] = {}
    for entity in tracker.latest_message.get("entities", []):
        if entity["entity"] in known:
            found.setdefault(Entity(entity["entity"]), set()).add(entity["value"])
    return {entity: frozenset(values) for entity, values in found.items()}
