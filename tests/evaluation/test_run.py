"""How turns are judged and counted."""

from __future__ import annotations

import pytest

from bot.assistant.port import Understanding
from bot.evaluation.cases import Case, Turn
from bot.evaluation.run import Outcome, by_kind, judge, run

from .judging import case, judged, understood


@pytest.mark.parametrize(
    ("kind", "topics", "label", "also", "outcome"),
    [
        ("fact", ("annuity",), "ask/annuity", None, Outcome.RIGHT),
        ("fact", ("prize", "annuity"), "ask/annuity", None, Outcome.RIGHT),
        ("fact", ("annuity",), "ask/prize", "annuity", Outcome.RIGHT),
        ("fact", ("annuity",), "ask/prize", None, Outcome.WRONG),
        ("fact", ("annuity",), "clarify", None, Outcome.ASKED),
        ("fact", ("annuity",), "oos/far", None, Outcome.MISSED),
        ("fact", ("annuity",), "chat/greet", None, Outcome.MISSED),
        ("oos", (), "ask/annuity", None, Outcome.WRONG),
        ("oos", (), "clarify", None, Outcome.ASKED),
        ("oos", (), "oos/pension", None, Outcome.RIGHT),
        ("smalltalk", (), "chat/greet", None, Outcome.RIGHT),
        ("handoff", (), "handoff", None, Outcome.RIGHT),
        ("handoff", (), "oos/far", None, Outcome.MISSED),
    ],
)
def test_judge(kind: str, topics: tuple[str, ...], label: str, also: str | None, outcome: Outcome) -> None:
    assert judge(kind, Turn("年金", topics), understood(label, also=also)) is outcome


@pytest.mark.parametrize(
    ("kind", "topics", "label", "outcome"),
    [
        ("eligibility", ("annuity",), "annuity", Outcome.RIGHT),
        ("eligibility", ("annuity",), "prize", Outcome.WRONG),
        ("fact", ("annuity",), "annuity", Outcome.RIGHT),
        ("oos", (), "annuity", Outcome.WRONG),
    ],
)
def test_verdict_is_judged_by_its_topic(kind: str, topics: tuple[str, ...], label: str, outcome: Outcome) -> None:
    assert judge(kind, Turn("我能领吗", topics), Understanding("qualify", label, 0.9)) is outcome


def test_topic_that_was_tapped_is_judged_like_any_other() -> None:
    assert judge("fact", Turn("年金", ("annuity",)), Understanding("ask", "annuity", 1.0)) is Outcome.RIGHT


async def test_every_turn_is_asked_in_its_conversation() -> None:
    asked: list[tuple[str, str]] = []
    done: list[int] = []

    async def understand(conversation: str, text: str) -> Understanding:
        asked.append((conversation, text))
        return understood("ask/annuity")

    talk = Case("f-1", "followup", (Turn("年金", ("annuity",)), Turn("奖金", ("prize",))))
    found = await run([talk, case("c-1", "oos")], understand, done.append)

    assert asked == [("f-1", "年金"), ("f-1", "奖金"), ("c-1", "年金谁出钱")]
    assert [one.outcome for one in found] == [Outcome.RIGHT, Outcome.WRONG, Outcome.WRONG]
    assert done == [1, 2]


@pytest.mark.parametrize(
    ("labels", "worst"),
    [
        (("ask/annuity", "ask/annuity"), Outcome.RIGHT),
        (("ask/annuity", "clarify"), Outcome.ASKED),
        (("oos/far", "ask/annuity"), Outcome.MISSED),
        (("ask/prize", "oos/far"), Outcome.WRONG),
    ],
)
def test_case_is_as_good_as_its_worst_turn(labels: tuple[str, str], worst: Outcome) -> None:
    talk = Case("f-1", "followup", (Turn("年金", ("annuity",)), Turn("它", ("annuity",))))
    turns = [judged(talk, understood(label), turn) for turn, label in enumerate(labels)]

    assert by_kind(turns) == {"followup": {worst: 1}}


def test_cases_are_counted_by_kind() -> None:
    found = by_kind(
        [
            judged(case("c-1", "fact", "annuity"), understood("ask/annuity")),
            judged(case("c-2", "fact", "annuity"), understood("ask/annuity")),
            judged(case("o-1", "oos"), understood("ask/annuity")),
        ]
    )

    assert found == {"fact": {Outcome.RIGHT: 2}, "oos": {Outcome.WRONG: 1}}
