"""What the pipeline writes, as the actions read it."""

from __future__ import annotations

from collections.abc import Mapping

from rasa_sdk import Tracker

from actions.understood import Understood, understood
from policies_kb.model import Aspect, Entity


def read(message: Mapping[str, object]) -> Understood:
    return understood(Tracker("sender", {}, dict(message), [], False, None, {}, None))


def test_label_entities_and_close_topics() -> None:
    ranking = [{"label": label, "confidence": 0.2} for label in ("ask/annuity", "chat/greet", "ask/prize")]
    entities = [{"entity": "medal", "value": "金牌"}, {"entity": "date", "value": "2020"}]
    message = {"understanding": {"label": "ask/annuity", "ranking": ranking}, "entities": entities}

    found = read(message)

    assert (found.label, found.also, found.follows, found.aspects) == ("annuity", None, False, ())
    assert found.close_topics == ("annuity", "prize")
    assert found.named == {Entity.MEDAL: frozenset({"金牌"})}


def test_second_topic_and_aspects() -> None:
    said = {"label": "ask/annuity", "also": "ask/prize", "follows": True, "aspects": ["fund", "provider", "nothing"]}

    found = read({"understanding": said})

    assert (found.label, found.also, found.follows) == ("annuity", "prize", True)
    assert found.aspects == (Aspect.FUND, Aspect.PROVIDER)


def test_form_that_needed_no_understanding_is_empty() -> None:
    found = read({})

    assert (found.label, found.close_topics, found.named) == ("", (), {})
