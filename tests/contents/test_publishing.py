"""Four eyes, no overwriting, one step back, and nothing broken is published."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from datetime import timedelta

import msgspec
import pytest

from bot.accounts.audit import Filter
from bot.content.errors import Conflict, PartNotFound, Refusal, Refused
from bot.content.model import State
from policies_kb.errors import ContentInvalid
from policies_kb.parts import Part, PartKind, topic_part
from tests.factories import knowledge, topic

from .cast import ADMIN, ANNUITY, EDITOR, OTHER, REVIEWER, Room


async def refusal(act: Awaitable[object]) -> Refusal:
    with pytest.raises(Refused) as refused:
        await act
    return refused.value.refusal


async def verbs(room: Room) -> list[tuple[str, str | None, str]]:
    found = await room.log.page(Filter(object_id="annuity"), None, 50)
    return [(one.entry.verb, one.entry.by.name, one.entry.reason) for one in reversed(found)]


async def test_every_step_is_in_the_log_with_who_and_why(here: Room) -> None:
    number = await here.submitted(topic(audience="新的"))
    await here.publishing.send_back(REVIEWER, ANNUITY, number, "再改改")
    await here.drafts.submit(EDITOR, ANNUITY, number, "改好了")
    await here.publishing.publish(REVIEWER, ANNUITY, number, None, "同意")
    await here.publishing.roll_back(ADMIN, ANNUITY, 1, number, "数字错了")

    assert await verbs(here) == [
        ("draft", "editor", "改"),
        ("submit", "editor", "请审"),
        ("send_back", "reviewer", "再改改"),
        ("submit", "editor", "改好了"),
        ("publish", "reviewer", "同意"),
        ("roll_back", "admin", "数字错了"),
    ]


async def test_author_does_not_approve_his_own(here: Room) -> None:
    number = await here.submitted(topic(audience="新的"))

    assert await refusal(here.publishing.publish(EDITOR, ANNUITY, number, None, "")) is Refusal.OWN_WORK
    assert here.live() == knowledge()


async def test_who_wrote_at_it_before_does_not_approve_it_either(here: Room) -> None:
    await here.drafts.save(REVIEWER, ANNUITY, 1, topic(audience="他的"), "改")
    number = await here.submitted(topic(audience="两人的"))

    assert await refusal(here.publishing.publish(REVIEWER, ANNUITY, number, None, "")) is Refusal.OWN_WORK
    await here.publishing.publish(OTHER, ANNUITY, number, None, "")


async def test_only_what_was_handed_in_is_published(here: Room) -> None:
    version = await here.drafts.save(EDITOR, ANNUITY, 1, topic(audience="新的"), "改")

    assert await refusal(here.publishing.publish(REVIEWER, ANNUITY, version.number, None, "")) is Refusal.STALE


async def test_two_editors_do_not_overwrite_each_other(here: Room, there: Room) -> None:
    await here.drafts.save(EDITOR, ANNUITY, 1, topic(audience="甲"), "改")

    with pytest.raises(Conflict) as conflict:
        await there.drafts.save(OTHER, ANNUITY, 1, topic(owner="乙"), "改")

    assert conflict.value.latest.author == EDITOR
    assert [str(one) for one in conflict.value.differences] == ["audience: 职工 → 甲"]
    assert len(await here.store.versions(ANNUITY)) == 2


async def test_of_editors_who_save_at_once_one_wins(here: Room, there: Room) -> None:
    saves = [
        room.drafts.save(EDITOR, ANNUITY, 1, topic(audience=f"{n}"), "改") for n, room in enumerate([here, there] * 4)
    ]
    done = await asyncio.gather(*saves, return_exceptions=True)

    assert sum(isinstance(one, Conflict) for one in done) == 7
    assert len(await here.store.versions(ANNUITY)) == 2


async def test_saving_takes_what_was_in_review_back(here: Room) -> None:
    number = await here.submitted(topic(audience="甲"))
    await here.drafts.save(EDITOR, ANNUITY, number, topic(audience="乙"), "改")

    assert await refusal(here.publishing.publish(REVIEWER, ANNUITY, number, None, "")) is Refusal.STALE
    assert [one.state for one in await here.store.versions(ANNUITY)][:2] == [State.DRAFT, State.SUPERSEDED]


async def test_saving_nothing_is_refused(here: Room) -> None:
    assert await refusal(here.drafts.save(EDITOR, ANNUITY, 1, topic(), "改")) is Refusal.UNCHANGED


async def test_broken_content_is_not_published(here: Room) -> None:
    number = await here.submitted(topic(contact="nobody", answer="给三千元"))

    with pytest.raises(ContentInvalid) as invalid:
        await here.publishing.publish(REVIEWER, ANNUITY, number, None, "")

    assert [problem.where for problem in invalid.value.problems] == [("contact",), ("answer",)]
    assert (await here.store.versions(ANNUITY))[0].state is State.IN_REVIEW


async def test_changes_that_are_right_alone_and_wrong_together_are_not_both_published(here: Room, there: Room) -> None:
    names_closed = await here.submitted(topic(related=("closed",)))
    naming = here.publishing.publish(REVIEWER, ANNUITY, names_closed, None, "")
    retiring = there.publishing.retire(ADMIN, topic_part("closed"), 1, "过期")

    done = await asyncio.gather(naming, retiring, return_exceptions=True)

    assert [type(one) for one in done].count(ContentInvalid) == 1


async def test_what_would_break_a_scheduled_publication_is_refused(here: Room) -> None:
    number = await here.submitted(topic(related=("closed",)))
    await here.publishing.publish(REVIEWER, ANNUITY, number, here.clock() + timedelta(days=1), "")

    with pytest.raises(ContentInvalid, match="closed is not another topic"):
        await here.publishing.retire(ADMIN, topic_part("closed"), 1, "过期")


async def test_retired_topic_is_gone_and_may_come_back(here: Room) -> None:
    part = topic_part("closed")
    await here.publishing.retire(ADMIN, part, 1, "过期")
    assert "closed" not in here.live().topics

    await here.publishing.roll_back(ADMIN, part, 1, 1, "还要用")

    assert here.live().topics["closed"] == topic("closed")


async def test_rollback_is_one_step_and_a_version_of_its_own(here: Room, there: Room) -> None:
    number = await here.published(topic(audience="错的"))

    new = await here.publishing.roll_back(ADMIN, ANNUITY, 1, number, "数字错了")

    assert (new.number, new.value) == (number + 1, topic())
    await there.live.refresh()
    assert there.live() == knowledge()


async def test_rollback_by_who_has_not_seen_the_latest_is_refused(here: Room) -> None:
    await here.published(topic(audience="新的"))

    assert await refusal(here.publishing.roll_back(ADMIN, ANNUITY, 1, 1, "x")) is Refusal.STALE


@pytest.mark.parametrize("act", ["send_back", "retire"])
async def test_some_acts_need_a_reason(here: Room, act: str) -> None:
    number = await here.submitted(topic(audience="x")) if act == "send_back" else 1

    assert await refusal(getattr(here.publishing, act)(ADMIN, ANNUITY, number, " ")) is Refusal.NOTE_MISSING


async def test_time_that_has_passed_is_refused(here: Room) -> None:
    number = await here.submitted(topic(audience="x"))
    at = here.clock() - timedelta(hours=1)

    assert await refusal(here.publishing.publish(REVIEWER, ANNUITY, number, at, "")) is Refusal.TIME_PAST


async def test_new_topic_begins_as_a_draft(here: Room) -> None:
    new = msgspec.structs.replace(topic(), id="pension", title="养老", question="养老找谁？")
    await here.published(new)

    assert here.live().topics["pension"] == new
    assert await refusal(here.drafts.begin(EDITOR, topic_part("pension"), new, "")) is Refusal.ID_TAKEN
    assert await refusal(here.drafts.begin(EDITOR, topic_part("Pension 1"), new, "")) is Refusal.ID_FORM


async def test_draft_is_withdrawn_and_dropped(here: Room) -> None:
    number = await here.submitted(topic(audience="x"))
    await here.drafts.withdraw(EDITOR, ANNUITY, number, "")
    await here.drafts.drop(EDITOR, ANNUITY, number, "")

    assert await here.drafts.pending() == []
    assert await refusal(here.drafts.submit(EDITOR, ANNUITY, number, "")) is Refusal.STALE


async def test_many_parts_are_replaced_at_once_or_not_at_all(here: Room) -> None:
    contacts = Part(PartKind.SHARED, "contacts")
    hours = {key: msgspec.structs.replace(one, hours="全天") for key, one in knowledge().contacts.items()}
    await here.publishing.replace(ADMIN, {ANNUITY: topic(audience="新"), contacts: hours}, "导入")
    assert (here.live().topics["annuity"].audience, here.live().contacts["union"].hours) == ("新", "全天")

    with pytest.raises(ContentInvalid):
        await here.publishing.replace(ADMIN, {ANNUITY: topic(audience="错"), contacts: {}}, "导入")

    assert (await here.store.versions(ANNUITY))[0].number == 2


async def test_part_or_version_that_is_not_there(here: Room) -> None:
    for part, number in ((topic_part("nothing"), 1), (ANNUITY, 7)):
        with pytest.raises(PartNotFound):
            await here.drafts.version(part, number)
