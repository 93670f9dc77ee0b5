"""The questions that measure understanding: well formed, and strange to the questions that teach it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import pytest
from rapidfuzz import fuzz, process

from bot.assistant.training import NLU_DATA, ROOT
from bot.evaluation import cases
from bot.evaluation.cases import Case
from policies_kb.checks import questions
from policies_kb.model import KnowledgeBase

FOLDER = ROOT / "tests" / "questions"
DEVELOPMENT = tuple(sorted(FOLDER.glob("development*.jsonl")))
HELD_OUT = tuple(sorted(FOLDER.glob("held_out*.jsonl")))
BLIND = (FOLDER / "blind.jsonl",)
"""Scored through the webhook only, so that its cases stay unread: see tests/README.md."""
KINDS = {"fact", "noise", "followup", "eligibility", "oos", "handoff", "smalltalk"}
OWN_WORDS = KINDS - {"handoff", "smalltalk"}
"""Kinds whose wording is a worker's own: there are not many ways to say hello, or to ask for a person."""
LEAST_CHARACTERS = 6
"""Shorter follow-ups (那技师呢) are what everybody says."""
NEAR = 88.0
"""Likeness, 0 to 100, from which one question is a copy of another."""
VARIED = 60
"""Questions that each shipped topic has, near copies not counted."""


@pytest.fixture(scope="module")
def every() -> list[Case]:
    return cases.read([*DEVELOPMENT, *HELD_OUT, *BLIND])


def own_words(paths: Iterable[Path]) -> list[tuple[str, str]]:
    """(id, text without spaces and punctuation) of each turn that is compared."""
    turns = [(case.id, turn.say) for case in cases.read(paths) if case.kind in OWN_WORDS for turn in case.turns]
    plain = [(case_id, questions.plain(said)) for case_id, said in turns]
    return [(case_id, text) for case_id, text in plain if len(text) >= LEAST_CHARACTERS]


def copies(asked: Sequence[tuple[str, str]], known: Mapping[str, str]) -> set[tuple[str, str]]:
    """(id of the question, name of the known text) of each near copy; `known` has names by plain text."""
    texts = list(known)
    likeness = process.cdist(
        [text for _, text in asked], texts, scorer=fuzz.ratio, score_cutoff=NEAR, dtype=np.float32, workers=-1
    )
    return {(asked[row][0], known[texts[column]]) for row, column in zip(*likeness.nonzero(), strict=True)}


def test_files_are_there() -> None:
    assert FOLDER / "development.jsonl" in DEVELOPMENT
    assert len(HELD_OUT) == 3


def test_ids_are_unique(every: list[Case]) -> None:
    assert [case_id for case_id, count in Counter(case.id for case in every).items() if count > 1] == []


def test_cases_have_a_known_kind_and_something_to_say(every: list[Case]) -> None:
    assert {case.kind for case in every} == KINDS
    assert [case.id for case in every if not case.turns or not all(turn.say.strip() for turn in case.turns)] == []


def test_topics_exist(every: list[Case], shipped: KnowledgeBase) -> None:
    named = {topic for case in every for turn in case.turns for topic in turn.topics}

    assert sorted(named - set(shipped.topics)) == []


def test_questions_about_the_paper_have_a_topic_and_others_none(every: list[Case]) -> None:
    with_topic = {case.id for case in every if case.kind in {"fact", "noise"} and all(t.topics for t in case.turns)}
    without = {case.id for case in every if case.kind in {"oos", "handoff", "smalltalk"} and not case.turns[-1].topics}

    assert with_topic | without == {case.id for case in every if case.kind not in {"followup", "eligibility"}}


def test_no_question_is_a_training_question_or_nearly_so() -> None:
    found, problems = questions.read(NLU_DATA)
    training = {questions.plain(one.text): f"{one.path.relative_to(NLU_DATA)}:{one.line}" for one in found}

    assert problems == []
    assert copies(own_words([*DEVELOPMENT, *HELD_OUT, *BLIND]), training) == set(), "delete the line of nlu_data"


def test_every_topic_has_many_varied_questions() -> None:
    kept: dict[str, list[str]] = defaultdict(list)
    for one in questions.read(NLU_DATA)[0]:
        text = questions.plain(one.text)
        if one.label.startswith("ask/") and all(fuzz.ratio(text, other) < NEAR for other in kept[one.label]):
            kept[one.label].append(text)

    assert [label for label, texts in kept.items() if len(texts) < VARIED] == []


def test_development_and_held_out_questions_are_not_the_same() -> None:
    held_out = {text: case_id for case_id, text in own_words(HELD_OUT)}
    blind = {text: case_id for case_id, text in own_words(BLIND)}

    assert copies(own_words(DEVELOPMENT), held_out) == set(), "replace the development question"
    assert copies(own_words([*DEVELOPMENT, *HELD_OUT]), blind) == set(), "delete the blind one"


@pytest.mark.parametrize(
    ("asked", "known", "near"),
    [
        ("工创E家是个啥地方?", "工创e家 是个啥地方", True),
        ("年金由谁来出钱呢", "年金由谁来出钱", True),
        ("年金谁出钱啊", "金牌奖多少钱", False),
    ],
)
def test_copies_are_told_from_other_questions(asked: str, known: str, near: bool) -> None:
    found = copies([("c-1", questions.plain(asked))], {questions.plain(known): "one"})

    assert found == ({("c-1", "one")} if near else set())
