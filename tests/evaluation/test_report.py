"""What the report tells."""

from __future__ import annotations

import pytest

from bot.evaluation.cases import Case, Turn
from bot.evaluation.report import page, reliability, reliability_picture, summarise
from bot.evaluation.run import Judged, Outcome

from .judging import case, guesses, judged, understood

pytestmark = pytest.mark.usefixtures("matplotlib_at_once")
PNG = b"\x89PNG\r\n"


def some() -> list[Judged]:
    return [
        judged(case("c-1", "fact", "annuity"), understood("ask/annuity", 0.95)),
        judged(case("c-2", "fact", "annuity", say="<b>年金</b>"), understood("ask/prize", 0.55)),
        judged(case("c-3", "fact", "annuity"), understood("ask/prize", 0.52)),
        judged(case("o-1", "oos"), understood("oos/far", 0.9)),
    ]


def test_shares_are_of_cases() -> None:
    summary = summarise(some(), {})

    assert summary.share("fact") == pytest.approx(1 / 3)
    assert summary.share("oos") == 1
    assert summary.share("all") == summary.share("all", Outcome.WRONG) == 0.5


def test_nothing_measured_has_no_share() -> None:
    assert summarise([], {}).share("all") == 0


def test_topics_that_are_taken_for_others_are_counted() -> None:
    summary = summarise([*some(), judged(case("o-2", "oos"), understood("ask/prize"))], {})

    assert summary.confusion == [("annuity", "prize", 2)]
    assert [one.case.id for one in summary.wrong] == ["c-2", "c-3", "o-2"]


def test_reliability_compares_confidence_with_what_was_right() -> None:
    bins = reliability(guesses([(0.91, True), (0.97, True), (0.95, False), (0.31, False), (1.0, True)]))

    assert [(round(mean, 4), share, number) for mean, share, number in bins] == [(0.31, 0, 1), (0.9575, 0.75, 4)]


def test_reliability_counts_refusals_that_are_right() -> None:
    refused = [
        judged(case(name, "oos"), understood(label, 0.8)) for name, label in (("o-1", "oos/far"), ("o-2", "ask/x"))
    ]

    assert reliability(refused) == [(0.8, 0.5, 2)]


def test_reliability_leaves_out_later_turns_and_taps() -> None:
    talk = Case("f-1", "followup", (Turn("年金", ("annuity",)), Turn("它", ("annuity",))))
    tapped = understood("ask/annuity")
    later = judged(talk, understood("ask/annuity"), 1)

    assert reliability([later]) == []
    assert reliability([judged(talk, type(tapped)("ask", "annuity", 1.0))]) == []


def test_page_shows_everything_and_trusts_no_question() -> None:
    judgements = some()

    text = page(summarise(judgements, {"pinyin": 0.875}), judgements)

    assert "&lt;b&gt;年金&lt;/b&gt;" in text
    assert "<b>" not in text
    assert "87.5 %" in text
    assert "33.3 %" in text
    assert 'src="data:image/png;base64,' in text


def test_page_without_cases_says_so() -> None:
    text = page(summarise([], {}), [])

    assert "not measured" in text
    assert text.count(">none</td>") == 2


def test_picture_is_a_png() -> None:
    assert reliability_picture([(0.5, 0.4, 3)]).startswith(PNG)
