"""When a model may take the place of another: the tolerance, the questions that must be right, and who suffers."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant import training
from bot.evaluation.run import Judged, judge
from bot.learning import examination, quality, words
from bot.learning.model import Report
from bot.learning.quality import QualityMissing, Tolerance
from tests.evaluation.judging import understood
from tests.factories import knowledge

from .course import HELD_OUT, MUST_PASS, case

WORDS = words.load()
STRICT = Tolerance(overall=0.0, wrong=0.0, topic=0)
LOOSE = Tolerance(overall=1.0, wrong=1.0, topic=1)


def answers(*mistaken: str, label: str = "ask/other") -> list[Judged]:
    """All right but for these."""
    found = []
    for one in HELD_OUT:
        (turn,) = one.turns
        taken = understood(label if one.id in mistaken else f"ask/{turn.topics[0]}")
        found.append(Judged(one, turn, taken, judge(one.kind, turn, taken)))
    return found


def report(*mistaken: str, tolerance: Tolerance = STRICT, label: str = "ask/other") -> Report:
    return examination.report(answers(), answers(*mistaken, label=label), [], tolerance)


def names(found: Report) -> list[str]:
    return [one.name for one in found.refusals]


def test_model_that_is_as_good_is_accepted() -> None:
    found = report()

    assert found.accepted
    assert (found.after.asked, found.after.accuracy, found.worse) == (8, 1.0, ())


def test_topic_that_suffers_is_named_with_its_questions() -> None:
    found = report("annuity0", "annuity1", tolerance=LOOSE)

    assert names(found) == ["topics"]
    assert found.refusals[0].values["topics"] == "annuity"
    (topic,) = found.worse
    assert (topic.topic, topic.asked, topic.before, topic.after) == ("annuity", 4, 4, 2)
    assert [(one.question, one.before, one.after) for one in topic.lost] == [
        ("annuity0？", "ask/annuity", "ask/other"),
        ("annuity1？", "ask/annuity", "ask/other"),
    ]
    assert knowledge().topics["annuity"].title in WORDS.refusal(found.refusals[0], knowledge())


def test_one_question_of_a_topic_is_within_the_tolerance() -> None:
    assert report("annuity0", "prize0", tolerance=LOOSE).accepted


def test_all_that_is_exceeded_is_told() -> None:
    assert names(report("annuity0")) == ["overall", "wrong", "topics"]


def test_what_is_asked_back_is_missed_and_not_wrong() -> None:
    assert names(report("annuity0", label="clarify")) == ["overall", "topics"]


def test_model_that_is_better_is_told_so() -> None:
    found = examination.report(answers("prize0"), answers(), [], STRICT)

    assert found.accepted
    assert [one.topic for one in found.better] == ["prize"]


def test_question_that_must_be_right_refuses_alone() -> None:
    (turn,) = MUST_PASS[0].turns
    taken = understood("oos/unknown")
    missed = Judged(MUST_PASS[0], turn, taken, judge("fact", turn, taken))

    found = examination.report(None, answers("annuity0", "annuity1"), [missed], STRICT)

    assert names(found) == ["must_pass"]
    assert [(one.question, one.after) for one in found.missed] == [("must？", "oos/unknown")]


def test_what_belongs_to_no_topic_is_compared_as_a_whole() -> None:
    off_topic = case("greeting", "")
    off_topic = type(off_topic)("g", "smalltalk", (type(off_topic.turns[0])("你好"),))
    right, wrong = understood("chat/greet"), understood("ask/prize")
    before, after = (
        [Judged(off_topic, off_topic.turns[0], one, judge("smalltalk", off_topic.turns[0], one))]
        for one in (right, wrong)
    )

    found = examination.report(before, after, [], LOOSE)

    assert [one.topic for one in found.worse] == [""]
    assert WORDS.topic("", knowledge()) == WORDS.no_topic


def test_shipped_quality_is_read_and_nothing_of_it_is_learnt() -> None:
    shipped = quality.read(training.QUALITY / "quality.yml")

    assert len(shipped.held_out) >= 600
    learnt = "\n".join(path.read_text(encoding="utf-8") for path in (training.NLU_DATA / "nlu").rglob("*.yml"))
    questions = [turn.say for one in shipped.must_pass for turn in one.turns]
    assert len(questions) == len(set(questions)) > 30
    assert [one for one in questions if f"- {one}\n" in learnt] == []


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "quality.yml"),
        ("held_out: []\nmust_pass: []\ntolerance: {overall: 0, wrong: 0, topic: 0}", "has no questions"),
        ("held_out: [no.jsonl]\nmust_pass: []\ntolerance: {overall: 0, wrong: 0, topic: 0}", "no.jsonl"),
        ("held_out: []\nmust_pass: []\ntolerance: {}", "tolerance"),
    ],
)
def test_quality_that_cannot_be_read_is_told(tmp_path: Path, text: str, told: str) -> None:
    path = tmp_path / "quality.yml"
    path.write_text(text)

    with pytest.raises(QualityMissing, match=told):
        quality.read(path)
