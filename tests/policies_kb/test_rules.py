"""Each rule that eligibility rules must keep: broken in one place, found there."""

from __future__ import annotations

import pytest

from policies_kb import loader
from policies_kb.eligibility.rule import Operator
from tests.factories import knowledge

from .breach import Breach, assert_found, breaches
from .conftest import Folder

BREACHES = breaches("rule_breaches.yml")


@pytest.mark.parametrize("breach", BREACHES, ids=[breach.rule for breach in BREACHES])
def test_breach_is_found_where_it_is(content: Folder, breach: Breach) -> None:
    assert_found(content, breach)


@pytest.mark.parametrize("value", ["2017年01月01日", "自2017年1月1日起"])
def test_figures_are_the_same_with_and_without_leading_noughts(content: Folder, value: str) -> None:
    content.change("topics/subsidy.yml", "value: 2017年1月1日", f"value: {value}")

    assert loader.read(content.path)[1] == ()


@pytest.mark.parametrize("written", ["'true'", "是"])
def test_condition_is_written_like_an_answer(content: Folder, written: str) -> None:
    content.change("topics/subsidy.yml", "operator: is\n    value: true", f"operator: is\n    value: {written}")

    assert loader.read(content.path)[1] == ()


def test_rules_of_the_tests_use_every_operator() -> None:
    used = {condition.operator for topic in knowledge().topics.values() for condition in topic.conditions}

    assert used == set(Operator)
