"""What an agent finds, fills in, and is kept from sending."""

from __future__ import annotations

from datetime import date

import pytest

from bot.accounts.model import User
from bot.replies.errors import Marked, ReplyNotFound, Unfilled
from bot.replies.index import Wanted
from bot.replies.model import Mark
from tests.factories import knowledge, topic

from .cast import ON, Process, draft

pytestmark = pytest.mark.parametrize("database_url", ON, indirect=True)


async def test_every_topic_has_its_hotline_wording(here: Process, agent: User) -> None:
    card = await here.desk.card(agent, "topic:annuity")

    assert (card.title, card.text, card.about) == ("企业年金", "企业出钱。", "年金谁出钱？")
    assert card.source == ("依据:《小文件》第1条",)
    assert card.contact == "人社热线12333（每天）"
    assert len(await here.found(agent)) == len(knowledge().topics)


@pytest.mark.parametrize(
    ("query", "title"),
    [
        ("qynj", "企业年金"),
        ("年金", "企业年金"),
        ("nianjin", "企业年金"),
        ("企业出钱", "企业年金"),
        ("ＱＹ nj", "企业年金"),
        ("jj 世赛", None),
    ],
)
async def test_topic_is_found(here: Process, agent: User, query: str, title: str | None) -> None:
    assert (await here.found(agent, query))[:1] == ([title] if title else [])


async def test_shortcut_comes_first_then_titles_then_texts_most_used_first(
    here: Process, agent: User, reviewer: User
) -> None:
    for one in (draft("甲年金", "x"), draft("乙年金", "x"), draft("丙", "说年金"), draft("丁", "x", "年金")):
        await here.keeping.add(reviewer, one, shared=True)
    await here.desk.used(agent, "own:2")
    await here.desk.used(agent, "own:3")

    assert await here.found(agent, "年金", "team") == ["丁", "乙年金", "甲年金", "丙"]
    assert await here.found(agent, "年金", limit=1) == ["丁"]


async def test_private_reply_is_found_by_its_owner_alone(here: Process, agent: User, colleague: User) -> None:
    number = await here.keeping.add(agent, draft("我的话"), shared=False)

    assert await here.found(agent, "我的话") == ["我的话"]
    assert await here.found(colleague, "我的话") == []
    with pytest.raises(ReplyNotFound):
        await here.desk.fill(colleague, f"own:{number}", {})
    with pytest.raises(ReplyNotFound):
        await here.desk.used(colleague, f"own:{number}")


async def test_other_process_finds_it_at_once_and_counts_uses(here: Process, there: Process, agent: User) -> None:
    assert await there.found(agent, "新的") == []
    number = await here.keeping.add(agent, draft("新的"), shared=False)
    await here.desk.used(agent, f"own:{number}")

    assert await there.found(agent, "新的") == ["新的"]
    there.clock.forward(minutes=1)
    await there.found(agent)
    assert there.desk.uses(f"own:{number}") == 1


async def test_known_variables_are_filled_and_prompted_ones_are_asked_for(here: Process, agent: User) -> None:
    text = "{坐席姓名}，{今天日期}，{热线号码}，{服务时间}，{请填写:金额}元"
    number = await here.keeping.add(agent, draft(text=text), shared=False)

    with pytest.raises(Unfilled) as error:
        await here.desk.fill(agent, f"own:{number}", {})
    assert error.value.missing == ("金额",)
    assert (
        await here.desk.fill(agent, f"own:{number}", {"金额": "100", "坐席姓名": "别人"})
        == "p1 同志，2026年3月2日，12351，工作日，100元"
    )


async def test_day_is_that_of_china(here: Process, agent: User) -> None:
    here.clock.forward(hours=5)

    assert here.desk.values(agent)["今天日期"] == "2026年3月3日"


async def test_text_of_the_composer_is_checked(here: Process, agent: User) -> None:
    await here.desk.check(agent, None, "您好")
    await here.desk.check(agent, "topic:annuity", "企业出钱。")
    with pytest.raises(Unfilled):
        await here.desk.check(agent, "topic:annuity", "给{请填写:金额}元")
    with pytest.raises(Marked):
        await here.desk.check(agent, "topic:closed", "省财政发过。")
    with pytest.raises(ReplyNotFound):
        await here.desk.check(agent, "topic:none", "x")


async def test_expired_topic_is_marked_from_its_day_on(here: Process, agent: User) -> None:
    here.content.publish(topic(valid_to=date(2026, 3, 2)))
    assert await here.desk.fill(agent, "topic:annuity", {}) == "企业出钱。"

    here.clock.forward(hours=5)

    with pytest.raises(Marked) as error:
        await here.desk.fill(agent, "topic:annuity", {})
    assert error.value.mark is Mark.EXPIRED


async def test_new_content_is_found_without_a_restart(here: Process, agent: User) -> None:
    await here.found(agent)
    here.content.publish(topic(hotline="{payer}新说法。"))

    assert (await here.desk.card(agent, "topic:annuity")).text == "企业新说法。"


async def test_filters(here: Process, agent: User) -> None:
    await here.keeping.add(agent, draft("甲", category="问候"), shared=False)

    assert await here.desk.categories(agent) == ["测试", "问候"]
    assert [card.title for card in await here.desk.search(agent, Wanted(category="问候"))] == ["甲"]
    assert await here.found(agent, scope="own") == ["甲"]
    assert "甲" not in await here.found(agent, scope="topic")
