"""What holds for every verdict, whatever people answer."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from decimal import Decimal
from random import Random

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from policies_kb.eligibility.evaluate import Answers, Finding, Status, Verdict, evaluate, with_derived
from policies_kb.eligibility.rule import Kind
from policies_kb.eligibility.values import Range
from policies_kb.model import Topic

from .people import RULES, SLOTS, TODAY, answers, days, numbers, values

MET, NOT_MET, UNKNOWN = Status.MET, Status.NOT_MET, Status.UNKNOWN
DERIVED = {name: slot.derived.slots for name, slot in SLOTS.items() if slot.derived is not None}
TOPICS, ANSWERS = st.sampled_from(RULES), answers()


def verdict(topic: Topic, given_answers: Answers) -> Verdict:
    return evaluate(topic, SLOTS, given_answers, TODAY)


def about(name: str, findings: Iterable[Finding]) -> list[Finding]:
    """The findings of conditions that an answer bears on, itself or through what is worked out from it."""
    dependent = {name, *(derived for derived, sources in DERIVED.items() if name in sources)}
    return [finding for finding in findings if finding.condition.slot in dependent]


@settings(deadline=None)
@given(TOPICS, ANSWERS, st.data())
def test_answer_that_meets_its_conditions_never_turns_a_verdict_to_not_met(
    topic: Topic, known: Answers, data: st.DataObject
) -> None:
    before = verdict(topic, known)
    untold = sorted(set(SLOTS) - set(before.answers))
    assume(untold)
    name = data.draw(st.sampled_from(untold))

    after = verdict(topic, {**known, name: data.draw(values(SLOTS[name]))})

    assume(all(finding.status is not NOT_MET for finding in about(name, after.findings)))
    assert before.status is NOT_MET or after.status is not NOT_MET


@settings(deadline=None)
@given(TOPICS, ANSWERS, st.randoms())
def test_order_of_the_answers_does_not_matter(topic: Topic, known: Answers, random: Random) -> None:
    shuffled = list(known.items())
    random.shuffle(shuffled)

    assert verdict(topic, dict(shuffled)) == verdict(topic, known)


@settings(deadline=None)
@given(TOPICS, ANSWERS)
def test_unknown_facts_give_no_definite_no_unless_another_condition_fails(topic: Topic, known: Answers) -> None:
    found = verdict(topic, known)

    for finding in found.findings:
        assert (finding.value is None) is (finding.condition.slot not in found.answers)
        assert finding.value is not None or finding.status is UNKNOWN
    failed = [finding for finding in found.findings if finding.status is NOT_MET]
    assert (found.status is NOT_MET) is bool(failed)
    assert all(finding.value is not None for finding in failed)
    assert found.status is not MET or all(finding.status is MET for finding in found.findings)


@settings(deadline=None)
@given(TOPICS, ANSWERS, st.data())
def test_definite_verdict_stands_whatever_else_is_told(topic: Topic, known: Answers, data: st.DataObject) -> None:
    before = verdict(topic, known)
    assume(before.status is not UNKNOWN)

    more = data.draw(answers(left_out=with_derived(SLOTS, known).keys() | DERIVED.keys()))

    assert verdict(topic, {**known, **more}).status is before.status


def assert_definite_only_if_the_same(topic: Topic, roughly: Verdict, exactly: list[Verdict]) -> None:
    """Each condition is definite if and only if it is the same for all; the whole only if it is the same for all."""
    for index, finding in enumerate(roughly.findings):
        statuses = {one.findings[index].status for one in exactly}
        assert finding.status is (statuses.pop() if len(statuses) == 1 else UNKNOWN)
    if roughly.status is not UNKNOWN:
        assert {one.status for one in exactly} == {roughly.status}


@settings(deadline=None)
@given(TOPICS, answers(left_out=["certificate_date"]), days(most=500))
def test_date_known_roughly_is_definite_only_if_every_day_of_it_agrees(
    topic: Topic, known: Answers, roughly: Range[date]
) -> None:
    every = [roughly.low + timedelta(days=day) for day in range((roughly.high - roughly.low).days + 1)]

    exactly = [verdict(topic, {**known, "certificate_date": Range(day, day)}) for day in every]

    assert_definite_only_if_the_same(topic, verdict(topic, {**known, "certificate_date": roughly}), exactly)


@settings(deadline=None)
@given(TOPICS, answers(left_out=["insured_time"]), numbers(Kind.DURATION))
def test_span_known_roughly_is_definite_only_if_every_month_of_it_agrees(
    topic: Topic, known: Answers, roughly: Range[Decimal]
) -> None:
    every = [Decimal(months) for months in range(int(roughly.low), int(roughly.high) + 1)]

    exactly = [verdict(topic, {**known, "insured_time": Range(months, months)}) for months in every]

    assert_definite_only_if_the_same(topic, verdict(topic, {**known, "insured_time": roughly}), exactly)


@settings(deadline=None)
@given(ANSWERS, numbers(Kind.AMOUNT), numbers(Kind.AMOUNT), st.data())
def test_pay_known_roughly_is_definite_only_if_every_sum_agrees(
    known: Answers, before: Range[Decimal], now: Range[Decimal], data: st.DataObject
) -> None:
    (topic,) = (topic for topic in RULES if topic.id == "allowance")
    told = {name: value for name, value in known.items() if name not in DERIVED}
    roughly = verdict(topic, {**told, "pay_before": before, "pay_now": now})
    assume(roughly.status is not UNKNOWN)

    first, last = (data.draw(st.decimals(pay.low, pay.high, places=2)) for pay in (before, now))

    assert (
        verdict(topic, {**told, "pay_before": Range(first, first), "pay_now": Range(last, last)}).status
        is roughly.status
    )
