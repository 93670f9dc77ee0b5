"""Topics by what they have in common."""

from __future__ import annotations

from datetime import date

import pytest

from policies_kb.query import family, named_outright, successor_in_force
from tests.factories import knowledge, topic, with_topic


def test_family_is_what_is_related_then_what_rests_on_the_same_items() -> None:
    assert family(knowledge(), "annuity") == ("prize", "closed")
    assert family(knowledge(), "closed") == ("annuity",)
    assert family(knowledge(), "prize") == ()


def test_unknown_topic_has_no_family() -> None:
    assert family(knowledge(), "gone") == ()


@pytest.mark.parametrize("text", ["获奖奖金", "获奖给多少钱？"], ids=["title", "question"])
def test_title_or_plain_question_names_its_topic(text: str) -> None:
    found = named_outright(knowledge(), text)

    assert found is not None
    assert found.id == "prize"


@pytest.mark.parametrize("text", ["", "prize", "奖金", "获奖奖金吗", "都不是"])
def test_any_other_text_names_no_topic(text: str) -> None:
    assert named_outright(knowledge(), text) is None


def test_successor_is_followed_until_one_is_in_force() -> None:
    day, over = date(2026, 3, 2), date(2026, 3, 1)
    first, second = topic("closed", successor="prize"), topic("prize", valid_to=over, successor="annuity")

    assert successor_in_force(with_topic(first, second), first, day) == topic("annuity")
    assert successor_in_force(with_topic(first), first, day) == topic("prize")
    assert successor_in_force(knowledge(), topic("closed"), day) is None


def test_circle_of_successors_ends() -> None:
    first = topic("closed", successor="prize")
    second = topic("prize", valid_to=date(2026, 3, 1), successor="closed")

    assert successor_in_force(with_topic(first, second), first, date(2026, 3, 2)) is None
