"""Everything that the content's pages name has words, and every finding of the checks too."""

from __future__ import annotations

import pytest

from bot.content import words
from bot.content.errors import Refusal
from bot.content.model import State
from policies_kb.eligibility.rule import Calculator, Operator
from policies_kb.model import Aspect, Entity
from policies_kb.source import NamedSource
from tests.policies_kb.breach import breaches

WORDS = words.load()
FOUND = {
    what
    for file in ("breaches.yml", "rule_breaches.yml", "urgent_breaches.yml")
    for one in breaches(file)
    for what in (one.what, *one.also)
}


def test_choices_have_words() -> None:
    assert set(WORDS.aspects) == {one.value for one in Aspect}
    assert set(WORDS.entities) == {one.value for one in Entity}
    assert set(WORDS.operators) == {one.value for one in Operator}
    assert set(WORDS.calculators) == {one.value for one in Calculator}
    assert set(WORDS.refusals) == {one.value for one in Refusal}
    assert set(WORDS.states) == {one.value for one in State} | {"scheduled"}


@pytest.mark.parametrize("what", sorted(FOUND))
def test_every_finding_is_told_in_chinese(what: str) -> None:
    told = WORDS.problem(NamedSource("x").problem((), what, ""))

    assert not told.startswith(WORDS.other_problem[:6])
    assert "{" not in told


def test_finding_that_nobody_foresaw_is_told_as_it_is() -> None:
    assert WORDS.problem(NamedSource("x").problem((), "a new one", "")) == "不符合内容规则：a new one"
