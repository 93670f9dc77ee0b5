"""Topics by what they have in common."""

from __future__ import annotations

from policies_kb.query import family
from tests.factories import knowledge


def test_family_is_what_is_related_then_what_rests_on_the_same_items() -> None:
    assert family(knowledge(), "annuity") == ("prize", "closed")
    assert family(knowledge(), "closed") == ("annuity",)
    assert family(knowledge(), "prize") == ()


def test_unknown_topic_has_no_family() -> None:
    assert family(knowledge(), "gone") == ()
