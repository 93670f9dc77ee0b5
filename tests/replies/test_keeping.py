"""Replies are written by those who may, over nothing that was not seen, and confirmed when their topic changes."""

from __future__ import annotations

import asyncio
from datetime import date
from typing import Any

import msgspec
import pytest

from bot.accounts.audit import Filter
from bot.accounts.model import User
from bot.replies.errors import Conflict, Marked, NotYours, Refusal, Refused, ReplyNotFound
from bot.replies.model import Draft, Mark
from tests.factories import knowledge, topic

from .cast import ON, Process, draft

on_one = pytest.mark.parametrize("database_url", ON, indirect=True)
BOUND = draft("年金怎么说", "企业出，您放心。", topic="企业年金")


async def refusals(act: object) -> list[tuple[str, Refusal]]:
    with pytest.raises(Refused) as error:
        await act  # type: ignore[misc]
    return [(one.field, one.refusal) for one in error.value.problems]


async def test_reply_is_kept_changed_and_archived_with_its_entries(here: Process, reviewer: User, agent: User) -> None:
    number = await here.keeping.add(reviewer, draft(" 您  好 ", "您好。\r\n请讲。", "NH"), shared=True)
    await here.keeping.save(reviewer, number, 1, draft("您好", "请讲。"))
    await here.keeping.archive(reviewer, number, 2, "没用")

    entries = [one.entry for one in await here.log.page(Filter(kind="reply"), None, 10)]
    assert [(one.verb, one.by.name, one.reason) for one in entries] == [
        ("archive", "p3", "没用"),
        ("change", "p3", ""),
        ("add", "p3", ""),
    ]
    assert entries[2].after == {"title": "您 好", "shortcut": "nh", "text": "您好。\n请讲。"}
    assert {one.object_id for one in entries} == {str(number)}
    assert await here.found(agent, scope="team") == []
    with pytest.raises(ReplyNotFound):
        await here.keeping.reply(reviewer, number)


async def test_of_two_who_save_at_once_one_is_told(here: Process, there: Process, reviewer: User) -> None:
    number = await here.keeping.add(reviewer, draft(), shared=True)

    done = await asyncio.gather(
        *(one.keeping.save(reviewer, number, 1, draft(text=text)) for one, text in ((here, "甲"), (there, "乙"))),
        return_exceptions=True,
    )

    (conflict,) = filter(None, done)
    assert isinstance(conflict, Conflict)
    assert conflict.latest.draft.text == (await here.keeping.reply(reviewer, number)).draft.text
    assert conflict.latest.version == 2


async def test_title_and_shortcut_are_unique_for_an_owner_until_archived(
    here: Process, reviewer: User, agent: User
) -> None:
    first = await here.keeping.add(reviewer, draft("甲", shortcut="a"), shared=True)
    second = await here.keeping.add(reviewer, draft("乙"), shared=True)

    assert await refusals(here.keeping.add(reviewer, draft("甲", shortcut="A"), shared=True)) == [
        ("title", Refusal.TITLE_TAKEN),
        ("shortcut", Refusal.SHORTCUT_TAKEN),
    ]
    assert await refusals(here.keeping.save(reviewer, second, 1, draft("乙", shortcut="a"))) == [
        ("shortcut", Refusal.SHORTCUT_TAKEN)
    ]
    await here.keeping.add(agent, draft("甲", shortcut="a"), shared=False)
    await here.keeping.archive(reviewer, first, 1, "")
    await here.keeping.add(reviewer, draft("甲", shortcut="a"), shared=True)


@on_one
async def test_shared_replies_are_for_those_with_the_right(here: Process, reviewer: User, agent: User) -> None:
    number = await here.keeping.add(reviewer, draft(), shared=True)

    for act in (
        here.keeping.add(agent, draft("x"), shared=True),
        here.keeping.save(agent, number, 1, draft("x")),
        here.keeping.archive(agent, number, 1, ""),
        here.keeping.confirm(agent, number, 1, "", "x"),
    ):
        with pytest.raises(NotYours):
            await act
    assert [one.draft.title for one in await here.keeping.listed(agent)] == ["您好"]


@on_one
async def test_private_replies_are_their_owners(here: Process, reviewer: User, agent: User, colleague: User) -> None:
    number = await here.keeping.add(agent, draft(), shared=False)
    await here.keeping.save(agent, number, 1, draft("改过"))

    for other in (colleague, reviewer):
        with pytest.raises(ReplyNotFound):
            await here.keeping.save(other, number, 2, draft("x"))
        assert await here.keeping.listed(other) == []


@on_one
@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (draft(""), ("title", Refusal.TITLE_FORM)),
        (draft("长" * 41), ("title", Refusal.TITLE_FORM)),
        (draft(text=" \n"), ("text", Refusal.TEXT_MISSING)),
        (draft(text="长" * 601), ("text", Refusal.TEXT_LONG)),
        (draft(text="{worker_name}您好"), ("text", Refusal.UNKNOWN_VARIABLE)),
        (draft(text="{请填写:金额"), ("text", Refusal.BRACES)),
        (draft(category="长" * 21), ("category", Refusal.CATEGORY_FORM)),
        (draft(shortcut="a b"), ("shortcut", Refusal.SHORTCUT_FORM)),
        (draft(topic="没有的"), ("topic", Refusal.TOPIC_UNKNOWN)),
    ],
)
async def test_what_is_wrong_is_told(here: Process, agent: User, wrong: object, problem: object) -> None:
    assert await refusals(here.keeping.add(agent, wrong, shared=False)) == [problem]  # type: ignore[arg-type]


@on_one
async def test_bound_reply_shows_its_source(here: Process, agent: User) -> None:
    number = await here.keeping.add(agent, BOUND, shared=False)

    card = await here.desk.card(agent, f"own:{number}")

    assert (card.source, card.mark) == (("依据:《小文件》第1条",), None)
    assert await here.desk.fill(agent, card.key, {}) == "企业出，您放心。"


@on_one
@pytest.mark.parametrize(
    ("change", "mark"),
    [
        ({"answer": "{payer}全出。"}, Mark.CHANGED),
        ({"valid_to": date(2026, 3, 1)}, Mark.EXPIRED),
        ({"review_by": date(2028, 1, 1)}, Mark.CHANGED),
    ],
)
async def test_reply_waits_for_confirmation_when_its_topic_changes(
    here: Process, reviewer: User, agent: User, change: dict[str, Any], mark: Mark
) -> None:
    number = await here.keeping.add(reviewer, BOUND, shared=True)
    key = f"own:{number}"
    here.content.publish(topic(**change))

    with pytest.raises(Marked) as error:
        await here.desk.fill(agent, key, {})
    assert error.value.mark is mark
    reply = await here.keeping.reply(reviewer, number)
    await here.keeping.save(reviewer, number, 1, rewritten(reply.draft.text))
    with pytest.raises(Marked):
        await here.desk.fill(agent, key, {})

    await here.keeping.confirm(reviewer, number, 2, here.keeping.standing(reply), "还对")

    assert await here.desk.fill(agent, key, {}) == "改：企业出，您放心。"
    here.content.publish(topic(answer="{payer}又改。"))
    assert (await here.desk.card(agent, key)).mark is Mark.CHANGED


def rewritten(text: str) -> Draft:
    return draft("年金怎么说", f"改：{text}", topic="annuity")


@on_one
async def test_same_content_that_is_published_anew_changes_nothing(here: Process, agent: User) -> None:
    number = await here.keeping.add(agent, BOUND, shared=False)
    here.content.publish(topic(answer="别的"))
    here.content.publish(msgspec.structs.replace(topic()))

    assert (await here.desk.card(agent, f"own:{number}")).mark is None


@on_one
async def test_reply_of_a_topic_that_is_gone_is_marked_and_may_be_confirmed(here: Process, reviewer: User) -> None:
    number = await here.keeping.add(reviewer, BOUND, shared=True)
    rest = {key: one for key, one in knowledge().topics.items() if key != "annuity"}
    here.content.held = msgspec.structs.replace(knowledge(), topics=rest)

    card = await here.desk.card(reviewer, f"own:{number}")
    reply = await here.keeping.reply(reviewer, number)
    await here.keeping.save(reviewer, number, 1, reply.draft)
    await here.keeping.confirm(reviewer, number, 2, here.keeping.standing(reply), "仍可参考")

    assert (card.mark, card.source) == (Mark.GONE, ())
    assert (await here.desk.card(reviewer, f"own:{number}")).mark is None


@on_one
async def test_confirmation_is_of_what_was_shown_and_says_why(here: Process, reviewer: User) -> None:
    number = await here.keeping.add(reviewer, BOUND, shared=True)
    here.content.publish(topic(answer="{payer}改。"))
    shown = here.keeping.standing(await here.keeping.reply(reviewer, number))

    assert await refusals(here.keeping.confirm(reviewer, number, 1, shown, " ")) == [("reason", Refusal.NOTE_MISSING)]
    with pytest.raises(Conflict):
        await here.keeping.confirm(reviewer, number, 9, shown, "还对")
    here.content.publish(topic(answer="{payer}再改。"))
    assert await refusals(here.keeping.confirm(reviewer, number, 1, shown, "还对")) == [("reason", Refusal.STALE)]


@on_one
async def test_owner_cannot_take_the_mark_off_by_another_topic(here: Process, reviewer: User, agent: User) -> None:
    number = await here.keeping.add(agent, BOUND, shared=False)
    here.content.publish(topic(answer="{payer}改。"))

    for other in ("", "prize"):
        changed = draft("年金怎么说", "x", topic=other)
        assert await refusals(here.keeping.save(agent, number, 1, changed)) == [("topic", Refusal.TOPIC_HELD)]
    reply = (await here.keeping.listed(reviewer))[0]
    await here.keeping.confirm(reviewer, reply.id, 1, here.keeping.standing(reply), "还对")
    assert await here.keeping.listed(reviewer) == []
    await here.keeping.save(agent, number, 2, draft("年金怎么说", "x", topic="prize"))


async def test_uses_that_are_counted_at_once_are_all_counted(here: Process, there: Process, agent: User) -> None:
    await asyncio.gather(*(one.desk.used(agent, "topic:annuity") for one in (here, there) * 5))

    assert await here.store.uses() == {"topic:annuity": 10}
