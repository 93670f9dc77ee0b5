"""Why something was answered so, from what was understood and the thresholds."""

from __future__ import annotations

from datetime import date

import pytest

from bot.assistant.port import Understanding
from bot.nlu.decision import Thresholds
from bot.trial import words
from bot.trial.judging import judged
from bot.trial.model import Answer, Reason, Row
from bot.trial.reason import kind_of, label_of, reasons, topics_of
from tests.factories import knowledge

BEST = (("ask/annuity", 0.9), ("ask/prize", 0.05))
WORDS = words.load()
DAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("understood", "names", "kind"),
    [
        (None, ["canned"], "other"),
        (Understanding("ask", "annuity", 1.0), ["outright"], "answered"),
        (Understanding("ask", "annuity", 0.9, ranking=BEST), ["confident"], "answered"),
        (Understanding("ask", "annuity", 0.9, ranking=BEST, follows=True), ["confident", "follows"], "answered"),
        (Understanding("ask", "prize", 0.9, ranking=BEST, follows=True), ["only_a_side", "follows"], "answered"),
        (Understanding("ask", "prize", 0.8, ranking=BEST), ["by_clause"], "answered"),
        (Understanding("ask", "annuity", 0.9, also="prize", ranking=BEST), ["two_questions"], "answered"),
        (Understanding("clarify", None, 0.9, ranking=BEST), ["bare"], "asked"),
        (Understanding("clarify", None, 0.3, ranking=(("ask/annuity", 0.3),)), ["between"], "asked"),
        (Understanding("oos", "unknown", 0.9, ranking=(("ask/annuity", 0.1),)), ["unsure"], "refused"),
        (Understanding("oos", "other_province", 1.0, ranking=BEST), ["other_province"], "refused"),
        (Understanding("oos", "pension", 0.9, ranking=(("oos/pension", 0.9),)), ["oos"], "refused"),
        (Understanding("qualify", "annuity", 0.9, ranking=BEST), ["qualify"], "answered"),
        (Understanding("chat", "greet", 0.9, ranking=(("chat/greet", 0.9),)), ["chat"], "other"),
        (Understanding("ask", "gone", 0.9, ranking=(("ask/gone", 0.9),)), ["confident", "no_such_topic"], "answered"),
    ],
)
def test_reasons(understood: Understanding | None, names: list[str], kind: str) -> None:
    found = reasons(understood, Thresholds(), knowledge(), DAY)

    assert [one.name for one in found] == names
    assert kind_of(understood) == kind
    assert all(WORDS.reason(one) for one in found)


def test_topic_that_is_not_in_force_is_told_with_its_days() -> None:
    understood = Understanding("ask", "annuity", 0.9, ranking=BEST)

    found = reasons(understood, Thresholds(), knowledge(), date(2000, 1, 1))

    assert found[-1].name == "not_in_force"
    assert found[-1].values["topic"] == knowledge().topics["annuity"].title


def test_every_intent_and_every_entity_has_words() -> None:
    for intent in ("ask", "clarify", "choose", "chat", "oos", "handoff", "more", "qualify", "benefits"):
        assert WORDS.labels[intent]
        assert intent in ("ask", "clarify") or WORDS.reasons[intent]
    assert WORDS.titled("ask/annuity", knowledge()) == knowledge().topics["annuity"].title
    assert WORDS.titled("chat/greet", knowledge()) == WORDS.labels["chat"]
    assert WORDS.titled("", knowledge()) == ""


def answer(understood: Understanding | None, text: str = "企业出钱") -> Answer:
    label, topics = label_of(understood), topics_of(understood)
    return Answer("年金", kind_of(understood), label, None, topics, (), (), text, (), 0, (Reason("canned"),))


ASK = answer(Understanding("ask", "annuity", 1.0))
CLARIFY = answer(Understanding("clarify", None, 0.3))
REFUSE = answer(Understanding("oos", "unknown", 0.9))


@pytest.mark.parametrize(
    ("row", "given", "outcome"),
    [
        (Row("年金"), ASK, "open"),
        (Row("年金", topics=("annuity",)), ASK, "right"),
        (Row("年金", topics=("prize", "annuity")), ASK, "right"),
        (Row("年金", topics=("prize",)), ASK, "wrong"),
        (Row("年金", topics=("annuity",)), CLARIFY, "asked"),
        (Row("年金", topics=("annuity",)), REFUSE, "missed"),
        (Row("年金", topics=("annuity",), text="企业"), ASK, "right"),
        (Row("年金", topics=("annuity",), text="国家"), ASK, "other_text"),
        (Row("年金", topics=("prize",), text="国家"), ASK, "wrong"),
        (Row("年金", text="国家"), ASK, "other_text"),
        (Row("年金", refusal=True), REFUSE, "right"),
        (Row("年金", refusal=True), CLARIFY, "asked"),
        (Row("年金", refusal=True), ASK, "wrong"),
    ],
)
def test_outcome(row: Row, given: Answer, outcome: str) -> None:
    result = judged(row, given)

    assert result.outcome == outcome
    assert WORDS.outcomes[outcome]
    assert (result.passed, result.failed) == (outcome == "right", outcome not in ("right", "open"))
