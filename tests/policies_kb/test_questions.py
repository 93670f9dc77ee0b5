"""Training questions against the topics, and the rules that lead to them."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies_kb import loader
from policies_kb.checks import questions
from policies_kb.errors import Problem
from tests.factories import CONTENT

from .conftest import Folder


def problems_of(nlu: Folder) -> list[Problem]:
    return list(questions.check(loader.load_with_sources(CONTENT), nlu.path))


def test_good_questions_pass_and_are_counted(nlu: Folder) -> None:
    assert problems_of(nlu) == []
    assert questions.count(nlu.path) == 175


def test_question_knows_its_label_and_line(nlu: Folder) -> None:
    found, _ = questions.read(nlu.path)

    path = nlu.path / "nlu" / "annuity.yml"
    assert found[36] == questions.Question("annuity的第1种问法", "ask/annuity", path, 6)
    assert nlu.line_of("nlu/annuity.yml", "annuity的第1种") == 6


def test_topic_with_too_few_questions_is_a_problem_of_the_topic(nlu: Folder) -> None:
    nlu.change("nlu/prize.yml", "      - prize的第34种问法\n", "")

    what = "34 training questions for ask/prize, 35 are needed"
    expected = Problem(CONTENT / "topics/prize.yml", 2, what, "write them in nlu_data/nlu/topics/prize.yml")
    assert problems_of(nlu) == [expected]


@pytest.mark.parametrize("label", ["ask/nothing", "chat/nothing", "oos/nothing"])
def test_label_without_content_is_a_problem_once(nlu: Folder, label: str) -> None:
    nlu.change(
        "rules/rules.yml", "      - intent: ask", "      - intent: ask\n      - intent: chat\n      - intent: oos"
    )
    add(nlu, label, "甲问", "乙问")

    remedy = "add nothing to the content, or mend the label"
    assert problems_of(nlu) == [nlu.problem("nlu/more.yml", "甲问", f"{label} has nothing to answer with", remedy)]


@pytest.mark.parametrize("label", ["chat/help", "oos/pension", "oos/far", "handoff"])
def test_label_with_content_passes(nlu: Folder, label: str) -> None:
    intent = label.partition("/")[0]
    nlu.change("rules/rules.yml", "intent: ask", f"intent: ask\n      - intent: {intent}")
    add(nlu, label, "甲问")

    assert problems_of(nlu) == []


@pytest.mark.parametrize("twin", ["annuity的第3种问法", "Annuity 的第３种问法？"])
def test_question_that_stands_twice_names_the_first_place(nlu: Folder, twin: str) -> None:
    nlu.change("nlu/prize.yml", "prize的第9种问法", f"prize的第9种问法\n      - {twin}")

    what = f"{twin} stands at annuity.yml:8 already (ask/annuity)"
    expected = nlu.problem("nlu/prize.yml", twin, what, "keep it where it belongs, or make the two differ")
    assert problems_of(nlu) == [expected]


def test_intent_without_rule_is_a_problem(nlu: Folder) -> None:
    nlu.change("rules/rules.yml", "intent: ask", "intent: chat")

    expected = Problem(nlu.path / "rules", 1, "no rule leads on from the intent ask", "add one to nlu_data/rules")
    assert problems_of(nlu) == [expected]


@pytest.mark.parametrize(
    "text", ["- a\n", "", "nlu:\n  - intent: chat\n", "nlu:\n  - examples: |\n      - a\n", "nlu: {a: 1}\n"]
)
def test_file_of_another_shape_is_a_problem(nlu: Folder, text: str) -> None:
    (nlu.path / "nlu" / "more.yml").write_text(text, encoding="utf-8")

    remedy = "give nlu: a list of intent: and examples: |"
    assert problems_of(nlu) == [nlu.problem("nlu/more.yml", "", "not a training file", remedy)]


@pytest.mark.parametrize(
    "text", ["- a\n", "rules: 3\n", "rules: {a: 1}\n", "rule: []\n", "rules:\n  - rule: one\n", "rules:\n  - steps:\n"]
)
def test_file_of_rules_of_another_shape_is_a_problem(nlu: Folder, text: str) -> None:
    (nlu.path / "rules" / "more.yml").write_text(text, encoding="utf-8")

    remedy = "give rules: a list of rule: and steps:"
    assert problems_of(nlu) == [nlu.problem("rules/more.yml", "", "not a file of rules", remedy)]


def test_unreadable_files_are_problems_beside_the_rest(nlu: Folder) -> None:
    for folder in ("nlu", "rules"):
        (nlu.path / folder / "more.yml").write_text("a: [", encoding="utf-8")
    nlu.change("nlu/prize.yml", "      - prize的第34种问法\n", "")

    assert [problem.path for problem in problems_of(nlu)] == [
        nlu.path / "nlu" / "more.yml",
        CONTENT / "topics" / "prize.yml",
        nlu.path / "rules" / "more.yml",
    ]


@pytest.mark.parametrize(
    ("text", "plain"), [("年金 谁出钱？", "年金谁出钱"), ("ＡＢ-c１", "abc1"), ("？？", "？？"), ("", "")]
)
def test_plain_drops_what_does_not_tell_questions_apart(text: str, plain: str) -> None:
    assert questions.plain(text) == plain


def add(nlu: Folder, label: str, *texts: str) -> Path:
    path = nlu.path / "nlu" / "more.yml"
    lines = "".join(f"      - {text}\n" for text in texts)
    path.write_text(f"nlu:\n  - intent: {label}\n    examples: |\n{lines}", encoding="utf-8")
    return path
