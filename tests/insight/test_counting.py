"""Messages are counted by what became of them, by topic, item, reason, hour and day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta

import pytest

from bot.insight.counting import Count, kind_of
from bot.insight.model import Handed, Judged, Report, Seen
from tests.factories import knowledge
from tests.fakes import NOON

from .crowd import seen


def counted(messages: Iterable[Seen], days: int = 7) -> Report:
    count = Count(days, NOON)
    for one in messages:
        count.add(one)
    return count.report(knowledge())


def crowd(first: int, size: int, label: str | None = "annuity", **changes: object) -> list[Seen]:
    return [seen(n, f"worker{n}", label, **changes) for n in range(first, first + size)]


def names(report: Report, part: str) -> list[tuple[str, int]]:
    return [(one.name, one.messages) for one in report.parts[part]]


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        ({}, "answered"),
        ({"intent": "qualify"}, "answered"),
        ({"intent": "clarify", "label": None}, "asked_back"),
        ({"intent": "oos", "label": "pension"}, "fallback"),
        ({"intent": None, "canned": "image_unread"}, "fallback"),
        ({"intent": "handoff", "label": None}, "handover"),
        ({"intent": "chat", "label": "greeting"}, "chat"),
        ({"intent": None, "label": None}, "other"),
    ],
)
def test_kind_of_a_message(changes: dict[str, object], kind: str) -> None:
    assert kind_of(seen(1, "one", **changes)) == kind  # type: ignore[arg-type]


def test_report_has_shares_topics_items_reasons_hours_and_days() -> None:
    messages = [
        *crowd(0, 60),
        *crowd(100, 20, "prize"),
        *crowd(200, 10, "pension", intent="oos"),
        *crowd(300, 10, None, intent="handoff"),
        *crowd(400, 10, "greeting", intent="chat"),
    ]
    report = counted(messages)

    assert (report.messages, report.workers) == (110, 110)
    assert [report.share(kind) for kind in ("answered", "asked_back", "fallback", "handover")] == [0.8, 0, 0.1, 0.1]
    assert names(report, "topic") == [("annuity", 60), ("prize", 20)]
    assert ("paper/1", 60) in names(report, "item")
    assert names(report, "fallback") == [("pension", 10)]
    assert names(report, "handover") == [("asked", 10)]
    assert names(report, "hour") == [("19", 110)]
    assert names(report, "day") == [("2026-03-02", 110)]


def test_share_of_what_is_hidden_is_not_said_to_be_nothing() -> None:
    messages = [*crowd(0, 60), *crowd(300, 8, None, intent="handoff"), *crowd(400, 8, "greeting", intent="chat")]
    report = counted(messages)

    assert names(report, "kind") == [("answered", 60), ("", 15)]
    assert (report.share("answered"), report.share("handover"), report.share("asked_back")) == (1, None, None)


def test_urgent_words_are_nobodys_example() -> None:
    report = counted(crowd(0, 20, urgent="self_harm"))

    (group,) = report.parts["handover"]
    assert (group.name, group.messages, group.examples) == ("urgent/self_harm", 20, ())
    assert report.parts["kind"][0].examples == ()


def test_verdicts_and_waits_are_counted_where_there_are_enough() -> None:
    count = Count(7, NOON)
    at = NOON - timedelta(hours=2)
    for number in range(40):
        count.add(seen(number, f"worker{number}"))
        count.judge(Judged(at, f"worker{number}", number, "helpful" if number < 30 else "unclear"))
        count.judge(Judged(NOON, f"worker{number}", number, "unclear"))
        count.hand(Handed(at, f"worker{number}", at + timedelta(minutes=3) if number < 25 else None))
    report = count.report(knowledge())

    assert report.helpful == 0.75
    assert report.wait == 3
    assert names(report, "verdict") == [("helpful", 30), ("unclear", 10)]
    assert names(report, "wait") == [("5", 25), ("never", 15)]


def test_few_verdicts_and_waits_are_not_shown() -> None:
    count = Count(7, NOON)
    for number in range(40):
        count.add(seen(number, f"worker{number}"))
    for number in range(9):
        count.judge(Judged(NOON - timedelta(hours=1), f"worker{number}", number, "helpful"))
        count.hand(Handed(NOON - timedelta(hours=1), f"worker{number}", NOON))
    report = count.report(knowledge())

    assert (report.helpful, report.wait) == (None, None)
    assert (report.parts["verdict"], report.parts["wait"]) == ((), ())


def test_hidden_topic_counts_for_no_item() -> None:
    report = counted([*crowd(0, 60), *crowd(100, 5, "prize"), *crowd(200, 30, "allowance")])
    shown = {one.name for one in report.parts["topic"] if one.name}
    items = {f"{ref.document}/{ref.item}" for name in shown for ref in knowledge().topics[name].sources}

    assert "prize" not in shown
    assert {one.name for one in report.parts["item"]} <= items


def test_few_workers_make_no_report() -> None:
    report = counted([seen(n, f"worker{n % 9}") for n in range(500)])

    assert (report.messages, report.workers, report.parts, report.share("answered")) == (0, 0, {}, None)


def test_message_outside_of_the_period_does_not_count() -> None:
    old = crowd(100, 30, at=NOON - timedelta(days=7, seconds=1))
    new = crowd(200, 30, at=NOON)

    assert counted([*crowd(0, 20), *old, *new]).messages == 20
    assert counted([*crowd(0, 20), *old, *new], days=30).messages == 50
