"""Topics by what they have in common."""

from __future__ import annotations

import pytest

from policies_kb.query import family, named_outright
from tests.factories import knowledge


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
