"""Thresholds that cost a worker least."""

from __future__ import annotations

import pytest

from bot.assistant.port import Understanding
from bot.evaluation.cases import Case, Turn
from bot.evaluation.run import Outcome
from bot.evaluation.tune import COST, choose

from .judging import case, guesses, judged, understood


def test_wrong_answer_costs_most_and_a_right_one_nothing() -> None:
    assert COST[Outcome.RIGHT] == 0
    assert max(COST, key=COST.__getitem__) is Outcome.WRONG
    assert COST[Outcome.ASKED] < COST[Outcome.MISSED]


def test_answer_is_set_above_what_is_often_wrong() -> None:
    choice = choose(guesses([(0.42, False), (0.44, False), (0.47, True), (0.8, True), (0.9, True)]))

    assert 0.44 < choice.thresholds.answer <= 0.8
    assert choice.shares[Outcome.WRONG] == 0


def test_answer_is_low_where_every_guess_is_right() -> None:
    choice = choose(guesses([(0.21, True), (0.5, True), (0.9, True)]))

    assert (choice.thresholds.answer, choice.cost) == (0.2, 0)
    assert choice.shares == {Outcome.RIGHT: 1, Outcome.ASKED: 0, Outcome.MISSED: 0, Outcome.WRONG: 0}


def test_answer_lies_in_the_middle_where_several_do_equally_well() -> None:
    choice = choose(guesses([(0.3, False), (0.9, True)]))

    assert 0.45 <= choice.thresholds.answer <= 0.75


def test_shares_and_cost_belong_together() -> None:
    choice = choose(guesses([(0.95, False), (0.97, True)]))

    assert choice.cost == pytest.approx(sum(COST[outcome] * share for outcome, share in choice.shares.items()))
    assert sum(choice.shares.values()) == 1


def test_later_turns_taps_and_numbers_do_not_count() -> None:
    talk = Case("f-1", "followup", (Turn("年金", ("annuity",)), Turn("它", ("annuity",))))
    left_out = [
        judged(talk, understood("ask/prize", 0.99), 1),
        judged(case("c-8", "fact", "prize"), Understanding("ask", "annuity", 1.0)),
        judged(case("c-9", "fact", "prize"), understood("choose", 0.99)),
    ]

    assert choose([*guesses([(0.9, True)]), *left_out]).cost == 0


def test_decision_that_no_threshold_made_stays_as_it_is() -> None:
    two = Understanding("ask", "prize", 0.9, "annuity", (("ask/prize", 0.9),))
    elsewhere = Understanding("oos", "other_province", 1.0, None, (("ask/annuity", 0.9),))

    choice = choose([judged(case("c-1", "fact", "annuity"), two), judged(case("o-1", "oos"), elsewhere)])

    assert choice.shares[Outcome.RIGHT] == 1
