"""A day's questions are the same for everybody, and the whole bank comes before one comes again; streaks are of days in a row."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.practice.selection import SIZE, of_day, streak

DAYS = st.dates(date(2020, 1, 1), date(2090, 1, 1))
BANKS = st.sets(st.text("abcdefgh_", min_size=1, max_size=8), max_size=60)


@given(DAYS, BANKS)
def test_day_has_so_many_different_questions_of_the_bank(day: date, bank: set[str]) -> None:
    chosen = of_day(day, bank)

    assert len(set(chosen)) == len(chosen) == min(SIZE, len(bank))
    assert set(chosen) <= bank


@given(DAYS, BANKS, st.randoms(use_true_random=False))
def test_day_is_the_same_for_everybody(day: date, bank: set[str], random: object) -> None:
    shuffled = sorted(bank)
    random.shuffle(shuffled)  # type: ignore[attr-defined]

    assert of_day(day, shuffled) == of_day(day, bank)


@given(DAYS, BANKS)
def test_question_comes_again_after_all_the_others(day: date, bank: set[str]) -> None:
    rounds = max(1, len(bank) // SIZE)
    first = date.fromordinal(day.toordinal() // rounds * rounds)

    asked = [name for place in range(rounds) for name in of_day(first + timedelta(days=place), bank)]

    assert len(set(asked)) == len(asked) == min(rounds * SIZE, len(bank))


@given(DAYS, st.lists(st.booleans(), max_size=40))
def test_streak_counts_the_days_done_in_a_row(first: date, days: list[bool]) -> None:
    last_done, told = None, 0
    for place, done in enumerate(days):
        today = first + timedelta(days=place)
        if done:
            told = streak(today, last_done, told)
            last_done = today

            before = days[: place + 1][::-1]
            assert told == (before.index(False) if False in before else len(before))
