"""Reports are made once an hour by one process, from what is kept, and hold nobody's words."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import delete, select

from bot.insight.service import PAGE, Insight
from bot.rooms import insight as rooms
from bot.storage.database import Database
from bot.storage.feedback_tables import Feedback
from bot.storage.hotline_tables import DeskConversation
from bot.storage.insight_tables import InsightReport
from bot.storage.tables import Exchange
from tests.factories import knowledge
from tests.fakes import NOON, SetClock

from .crowd import row, store

HOUR = timedelta(hours=1)


def made(database: Database, clock: SetClock) -> Insight:
    return rooms.services(database.sessions, knowledge, clock)


async def test_report_is_made_of_all_pages(database: Database) -> None:
    insight, clock = made(database, SetClock()), SetClock()
    assert await insight.report(7) is None
    await store(database, (row(n % 20, NOON - HOUR, key=str(n)) for n in range(PAGE + 20)))
    await store(database, (row(n, NOON - 20 * 24 * HOUR, key="old", label="prize") for n in range(15)))
    clock.passes(60)
    await insight.tend()

    week, month = await insight.report(7), await insight.report(30)
    assert week is not None
    assert month is not None
    assert (week.messages, week.workers, week.until) == (PAGE + 20, 20, NOON)
    assert [one.name for one in month.parts["topic"]] == ["annuity", "prize"]


async def test_hour_is_counted_once_by_one_process(database: Database) -> None:
    clock = SetClock()
    one, another = made(database, clock), made(database, clock)
    await store(database, (row(n, NOON - HOUR) for n in range(20)))
    await one.tend()
    await store(database, (row(n, NOON - HOUR, key="late") for n in range(20)))
    await another.tend()
    before = await another.report(7)
    clock.passes(3600)
    await another.tend()
    after = await one.report(7)

    assert before is not None
    assert after is not None
    assert (before.messages, after.messages) == (20, 40)


async def test_what_followers_did_without_a_question_is_no_message(database: Database) -> None:
    await store(database, (row(n, NOON - HOUR, event=True, canned="welcome", intent=None) for n in range(20)))
    await store(database, (row(n, NOON - HOUR, event=True, key="tap") for n in range(20)))
    insight = made(database, SetClock())
    await insight.tend()

    report = await insight.report(7)
    assert report is not None
    assert report.messages == 20


async def test_number_on_several_lines_is_masked(database: Database) -> None:
    await store(database, (row(n, NOON - HOUR, text="年金，打\n138\n0013  8000") for n in range(20)))
    insight = made(database, SetClock())
    await insight.tend()
    report = await insight.report(7)
    group = report.group("topic", "annuity") if report else None
    assert group is not None

    assert await insight.examples(group) == ["年金，打 〔电话〕"]


async def test_examples_are_masked_and_go_with_what_was_kept(database: Database) -> None:
    await store(database, (row(n, NOON - HOUR, text=f"年金{n % 2}，电话13812345678") for n in range(20)))
    insight = made(database, SetClock())
    await insight.tend()
    report = await insight.report(7)
    group = report.group("topic", "annuity") if report else None
    assert group is not None

    assert await insight.examples(group) == ["年金0，电话〔电话〕", "年金1，电话〔电话〕"]
    async with database.sessions.begin() as session:
        await session.execute(delete(Exchange))
        content = (await session.scalars(select(InsightReport.content))).all()
    assert await insight.examples(group) == []
    assert not any("年金" in one or "worker1" in one for one in content)


async def test_verdicts_and_handovers_are_read(database: Database) -> None:
    await store(database, (row(n, NOON - HOUR) for n in range(20)))
    async with database.sessions.begin() as session:
        for number in range(20):
            said = {"topic": "annuity", "model": "", "asked_at": NOON - HOUR, "judged_at": NOON}
            verdict = {"verdict": "helpful"} if number < 10 else {"verdict": "unhelpful", "reason": "unclear"}
            of = {"channel": "wechat", "sender": f"worker{number}"}
            session.add(Feedback(exchange_id=number + 1, **of, **said, **verdict))
            session.add(handover(f"wechat:worker{number}"))
    insight = made(database, SetClock())
    await insight.tend()

    report = await insight.report(7)
    assert report is not None
    assert (report.helpful, report.wait) == (0.5, 30)


def handover(conversation: str) -> DeskConversation:
    """One that was answered after half an hour."""
    at = NOON - HOUR
    return DeskConversation(
        conversation=conversation,
        state="closed",
        reason="asked",
        priority=1,
        team="",
        begun_at=at,
        waiting_since=at,
        owner_name="",
        version=1,
        changes=1,
        unread=0,
        worker_at=at,
        first_answer_at=at + HOUR / 2,
        told_at=at,
        tags="[]",
        outcome="",
        closed_at=NOON,
    )
