"""No group of fewer than ten workers is shown, nor can be told from those that are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from bot.insight.hiding import EXAMPLES, Tally, rounded, shown
from bot.insight.model import FEWEST, REST, STEP

MESSAGES = some.lists(some.tuples(some.sampled_from("abcdefgh"), some.integers(0, 30)), max_size=200)


def tallied(messages: list[tuple[str, int]]) -> dict[str, Tally]:
    found: dict[str, Tally] = {}
    for number, (name, worker) in enumerate(messages):
        found.setdefault(name, Tally()).add(str(worker), number)
    return found


@given(MESSAGES)
def test_each_group_and_what_is_left_have_ten_workers_or_nobody(messages: list[tuple[str, int]]) -> None:
    tallies = tallied(messages)
    names = {one.name for one in shown(tallies)} - {REST}
    left = {worker for name, one in tallies.items() if name not in names for worker in one.workers}

    assert all(len(tallies[name].workers) >= FEWEST for name in names)
    assert not left or len(left) >= FEWEST or not names


@given(MESSAGES)
def test_shown_numbers_are_rounded(messages: list[tuple[str, int]]) -> None:
    for group in shown(tallied(messages)):
        assert (group.messages % STEP, group.workers % STEP) == (0, 0)


def test_small_group_takes_the_smallest_of_the_others_with_it() -> None:
    messages = [("large", n) for n in range(30)] + [("middle", n) for n in range(12)] + [("small", n) for n in range(3)]

    groups = shown(tallied(messages))

    assert [(one.name, one.messages, one.workers) for one in groups] == [("large", 30, 30), (REST, 15, 10)]
    assert groups[-1].examples == ()


def test_group_of_few_alone_is_not_shown_at_all() -> None:
    assert shown(tallied([("small", n) for n in range(9)])) == ()


def test_examples_are_the_last() -> None:
    tally = Tally()
    for number in range(EXAMPLES + 5):
        tally.add("one", number)
    tally.add("one", None)

    assert (len(tally.examples), min(tally.examples), max(tally.examples)) == (EXAMPLES, 5, EXAMPLES + 4)
    assert tally.messages == EXAMPLES + 6


@given(some.integers(0, 10**6))
def test_rounding_is_off_by_less_than_a_step(number: int) -> None:
    assert abs(rounded(number) - number) < STEP
