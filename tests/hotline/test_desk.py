"""What people do at the desk: claim, write, take over, give away, end; and who of many was first."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import Engine, event, select

from bot.accounts.model import User
from bot.hotline.errors import CaseNotFound, Conflict, Refusal, Refused
from bot.hotline.model import Delivery, Kind, Priority, Reason, State
from bot.replies.errors import Marked, ReplyNotFound, Unfilled
from bot.storage.console_tables import AuditEntry
from bot.storage.database import Database
from bot.storage.hotline_tables import DeskEvent
from tests.fakes import SetClock

from .cast import Hotline, handed_over, person

KEY = "key-00001"


@pytest.mark.usefixtures("agent")
async def test_of_fifty_who_claim_at_once_one_wins(here: Hotline, there: Hotline) -> None:
    await here.says("人工")
    case = await here.case()
    people = [person(number) for number in range(100, 150)]

    claims = (process.desk.claim(user, case.id) for user, process in zip(people, (here, there) * 25, strict=True))
    ends = await asyncio.gather(*claims, return_exceptions=True)

    assert {type(end) for end in ends} <= {type(None), Conflict}, {repr(end) for end in ends}
    (winner,) = [user for user, end in zip(people, ends, strict=True) if end is None]
    assert [end.refusal for end in ends if isinstance(end, Conflict)] == [Refusal.TAKEN] * 49
    case = await here.case()
    assert (case.owner, case.state) == (winner.id, State.AGENT)
    story = await here.room.cases.story(case)
    assert [event.kind for event in story.events] == [Kind.BEGUN, Kind.CLAIMED]


async def test_note_that_meets_the_deletion_leaves_nothing(here: Hotline, agent: User, database: Database) -> None:
    case = await here.claimed(agent)
    await here.says("确认删除我的数据")

    await here.room.cases.note(case, Kind.NOTE, agent, "要回电", here.clock(), None)

    async with database.sessions() as session:
        assert not list(await session.scalars(select(DeskEvent)))


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_list_of_many_reads_no_table_whole(here: Hotline, database: Database) -> None:
    for number in range(200):
        await handed_over(database, here.clock(), f"worker{number}")
    statements: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: object, *_: object) -> None:
        statements.append((statement, parameters))

    event.listen(Engine, "before_cursor_execute", note)
    assert len(await here.room.cases.open_()) == 200
    event.remove(Engine, "before_cursor_execute", note)

    (last,) = [one for one in statements if "FROM exchange" in one[0]]
    async with database.sessions() as session:
        connection = await session.connection()
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {last[0]}", last[1])
        assert not [step for *_, step in plan if step.startswith("SCAN exchange")]


async def test_claim_of_ones_own_is_no_conflict(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)

    await here.desk.claim(agent, case.id)

    assert (await here.case()).version == case.version


async def test_only_the_owner_writes(here: Hotline, agent: User, colleague: User) -> None:
    case = await here.claimed(agent)

    with pytest.raises(Conflict, match="not_yours"):
        await here.desk.send(colleague, case.id, KEY, "您好。", "")
    await here.desk.send(agent, case.id, KEY, "您好。", "")

    (letter,) = await here.letters()
    assert (letter.kind, letter.sender, letter.state) == ("person", "worker", "parked")
    assert (await here.case()).unread == 0


async def test_message_is_sent_once_for_its_key(here: Hotline, there: Hotline, agent: User) -> None:
    case = await here.claimed(agent)

    await asyncio.gather(*(process.desk.send(agent, case.id, KEY, "您好。", "") for process in (here, there) * 3))

    assert len(await here.letters()) == 1


async def test_owner_who_was_replaced_while_writing_sends_nothing(here: Hotline, agent: User, colleague: User) -> None:
    case = await here.claimed(agent)
    post = here.route.post

    async def slow(reply: object) -> object:
        await here.desk.take_over(colleague, case.id, "急")
        return await post(reply)  # type: ignore[arg-type]

    here.route.post = slow  # type: ignore[assignment]

    with pytest.raises(Conflict):
        await here.desk.send(agent, case.id, KEY, "您好。", "")
    assert not await here.letters()


async def test_taking_over_needs_a_reason_and_is_seen(here: Hotline, agent: User, colleague: User) -> None:
    case = await here.claimed(agent)

    with pytest.raises(Refused, match="reason_missing"):
        await here.desk.take_over(colleague, case.id, "")
    await here.desk.take_over(colleague, case.id, "同事下班")

    case = await here.case()
    assert case.owner == colleague.id
    event = (await here.room.cases.story(case)).events[-1]
    assert (event.kind, event.text, event.user_name) == (Kind.TAKEN, "同事下班", "p77 同志")


async def test_released_one_waits_before_others(here: Hotline, agent: User) -> None:
    await here.says("人工", sender="another")
    await here.says("人工")
    *_, mine = await here.room.cases.open_()
    await here.desk.claim(agent, mine.id)

    await here.desk.release(agent, mine.id)

    first, second = await here.room.cases.open_()
    assert (first.id, first.reason, first.priority) == (mine.id, Reason.RETURNED, Priority.RETURNED)
    assert second.conversation == "wechat:another"


async def test_transfer_to_a_person_or_a_group_has_a_summary(here: Hotline, agent: User, database: Database) -> None:
    case = await here.claimed(agent)
    for to, summary, refusal in (
        (f"user:{agent.id}", "x", "target"),
        ("user:9", "x", "target"),
        ("team:no", "x", "target"),
        ("team:legal", "", "summary"),
    ):
        with pytest.raises(Refused, match=refusal):
            await here.desk.transfer(agent, case.id, to, summary)

    await here.desk.transfer(agent, case.id, "team:legal", "要打官司")

    case = await here.case()
    assert (case.state, case.team, case.owner, case.reason) == (State.WAITING, "legal", None, Reason.TRANSFERRED)
    assert (await here.room.cases.story(case)).events[-1].text == "法律援助：要打官司"
    async with database.sessions() as session:
        logged = list(await session.scalars(select(AuditEntry).where(AuditEntry.kind == "desk_conversation")))
    assert [entry.verb for entry in logged] == ["desk_claimed", "desk_transferred"]
    assert not any("官司" in f"{entry.reason}{entry.after}" for entry in logged)


async def test_closing_needs_a_known_outcome_and_the_owner(here: Hotline, agent: User, colleague: User) -> None:
    case = await here.claimed(agent)

    with pytest.raises(Refused, match="outcome_unknown"):
        await here.desk.close(agent, case.id, "whatever")
    with pytest.raises(Conflict, match="not_yours"):
        await here.desk.close(colleague, case.id, "answered")
    await here.desk.close(agent, case.id, "answered")

    closed = await here.desk.case(case.id)
    assert (closed.state, closed.outcome, closed.owner_name) == (State.CLOSED, "answered", "坐席甲")
    with pytest.raises(Conflict, match="closed"):
        await here.desk.claim(agent, case.id)
    with pytest.raises(Conflict, match="closed"):
        await here.desk.take_over(agent, case.id, "x")


async def test_notes_and_tags_are_for_the_desk_alone(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)

    await here.desk.note(agent, case.id, "要回电")
    await here.desk.tag(agent, case.id, ["补贴", "工资"])
    with pytest.raises(Refused, match="tag_unknown"):
        await here.desk.tag(agent, case.id, ["没有的"])

    case = await here.case()
    assert case.tags == ("工资", "补贴")
    events = (await here.room.cases.story(case)).events
    assert [(event.kind, event.text) for event in events[-2:]] == [(Kind.NOTE, "要回电"), (Kind.TAGGED, "工资、补贴")]
    assert not await here.letters()


async def test_text_with_what_is_not_filled_in_is_not_sent(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)

    with pytest.raises(Unfilled):
        await here.desk.send(agent, case.id, KEY, "给您{请填写:金额}元", "")
    with pytest.raises(Marked):
        await here.desk.send(agent, case.id, KEY, "过期的。", "topic:closed")
    with pytest.raises(ReplyNotFound):
        await here.desk.send(agent, case.id, KEY, "好。", "own:99")
    for text, refusal in (("", "text_missing"), ("长" * 1001, "text_long")):
        with pytest.raises(Refused, match=refusal):
            await here.desk.send(agent, case.id, KEY, text, "")
    assert not await here.letters()


async def test_canned_reply_that_is_sent_is_counted(here: Hotline, agent: User) -> None:
    case = await here.claimed(agent)

    await here.desk.send(agent, case.id, KEY, "照着念。", "topic:annuity")

    assert here.canned.desk.uses("topic:annuity") == 1


async def test_unknown_handover_is_not_found(here: Hotline, agent: User) -> None:
    with pytest.raises(CaseNotFound):
        await here.desk.claim(agent, 999)


async def test_story_has_all_that_was_said_and_done(here: Hotline, agent: User, clock: SetClock) -> None:
    await here.says("年金")
    case = await here.claimed(agent)
    await here.desk.send(agent, case.id, KEY, "您好。", "")
    await here.desk.close(agent, case.id, "answered")
    second = await here.claimed(agent)

    story = await here.room.cases.story(second)

    assert [(one.text, one.answer is not None) for one in story.heard] == [
        ("年金", True),
        ("人工", True),
        ("人工", True),
    ]
    answer = story.heard[0].answer
    assert answer is not None
    assert (answer.label, answer.text.endswith("依据:《小文件》第1条")) == ("annuity", True)
    assert [(one.text, one.delivery) for one in story.written] == [("您好。", Delivery.SHOWN)]
    assert [one.id for one in story.earlier] == [case.id]


@pytest.mark.parametrize(
    ("state", "code", "delivery"),
    [
        ("queued", None, Delivery.QUEUED),
        ("sending", None, Delivery.QUEUED),
        ("sent", 0, Delivery.SENT),
        ("unknown", None, Delivery.UNKNOWN),
        ("failed", 40003, Delivery.FAILED),
        ("parked", 45015, Delivery.CLOSED_WINDOW),
        ("parked", 45047, Delivery.NO_QUOTA),
        ("parked", None, Delivery.NO_QUOTA),
        ("parked", 48001, Delivery.PARKED),
    ],
)
async def test_what_became_of_a_message_is_told(
    here: Hotline, agent: User, database: Database, state: str, code: int | None, delivery: Delivery
) -> None:
    case = await here.claimed(agent)
    await here.desk.send(agent, case.id, KEY, "您好。", "")
    (letter,) = await here.letters()
    async with database.sessions.begin() as session:
        letter.state, letter.code, letter.attempts = state, code, 1
        await session.merge(letter)

    (written,) = (await here.room.cases.story(await here.case())).written
    assert written.delivery is delivery
