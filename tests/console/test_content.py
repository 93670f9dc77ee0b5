"""The pages of the content: from a change in an answer to its publication and back, as people do it."""

from __future__ import annotations

import html as markup
import re
from datetime import date

import msgspec
import pytest

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role
from bot.content.form import of_topic
from bot.content.live import LiveKnowledge
from bot.content.model import State
from bot.content.room import ContentRoom
from policies_kb.model import Topic
from policies_kb.parts import topic_part
from tests.accounts.cast import Parts
from tests.factories import knowledge, topic

from .people import Fields, Person

People = dict[str, Person]
ANNUITY = "/admin/content/topics/annuity"
PART = topic_part("annuity")


def fields_of(value: Topic, *, seen: str = "1", **changes: str) -> list[tuple[str, str]]:
    """What a browser sends for the form of a topic."""
    form = of_topic(value, knowledge()).with_blank_rows(1)
    fields = {"id": value.id, "seen": seen, "act": "save", "note": "改金额", **form.texts, **form.lines}
    for name, rows in (("fact", form.facts), ("condition", form.conditions)):
        fields[f"{name}s"] = str(len(rows))
        fields |= {f"{name}-{number}-{key}": held for number, row in enumerate(rows) for key, held in row.items()}
    fields |= {f"outcome-{name}": held for name, held in form.outcome.items()}
    lists = [*(("notice", one) for one in form.notices), *(("source", one) for one in form.sources)]
    return [*(fields | changes).items(), *lists]


async def text_of(person: Person, path: str, status: int = 200) -> str:
    response = await person.get(path)
    assert response.status == status
    return markup.unescape(await response.text())


async def posted(person: Person, path: str, fields: Fields, status: int = 303) -> str:
    response = await person.post(path, fields)
    text = markup.unescape(await response.text())
    assert response.status == status, text
    return text


async def saved(people: People, **changes: str) -> None:
    await posted(people["editor"], f"{ANNUITY}/edit", fields_of(topic(), **changes))


async def handed_in(people: People, **changes: str) -> None:
    await saved(people, **changes)
    await posted(people["editor"], f"{ANNUITY}/submit", {"number": "2"})


async def test_change_goes_from_the_editor_over_the_reviewer_to_the_worker(people: People, live: LiveKnowledge) -> None:
    await handed_in(people, answer="{payer}出全部钱，请打{contact}问。")
    page = await text_of(people["reviewer"], ANNUITY)
    await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "2", "reason": "同意"})

    assert "待审核" in page
    assert "<ins>全部</ins>" in page
    assert live().topics["annuity"].answer == "{payer}出全部钱，请打{contact}问。"
    assert "正在用" in await text_of(people["editor"], ANNUITY)


async def test_administrator_rolls_back_in_one_step(people: People, live: LiveKnowledge, made: Parts) -> None:
    await handed_in(people, audience="别人")
    await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "2"})

    await posted(people["admin"], f"{ANNUITY}/roll-back", {"number": "1", "seen": "2", "reason": "错了"})

    assert live().topics["annuity"] == topic()
    assert "已回退到第 1 版的内容，存为第 3 版" in await text_of(people["admin"], ANNUITY)
    assert [one.entry.reason for one in await made.logged(verb="roll_back")] == ["错了"]


async def test_who_drafted_is_refused_as_approver(people: People, made: Parts, room: ContentRoom) -> None:
    await handed_in(people, audience="别人")
    user = await made.users.named("editor")
    await made.users.change(COMMAND_LINE, user, "编辑", user.roles | {Role.REVIEWER}, "x")

    page = await text_of(people["editor"], ANNUITY)
    refused = await posted(people["editor"], f"{ANNUITY}/publish", {"number": "2"}, 422)

    assert "批准并发布" not in page
    assert "不能自己批准" in refused
    assert (await room.drafts.versions(PART))[0].state is State.IN_REVIEW


async def test_second_editor_sees_what_the_first_changed_and_loses_nothing(people: People, room: ContentRoom) -> None:
    await saved(people, audience="甲的")

    page = await posted(people["editor"], f"{ANNUITY}/edit", fields_of(topic(), owner="乙的"), 409)

    assert "刚刚存了第 2 版" in page
    assert "甲的" in page.replace("<ins>", "").replace("</ins>", "")
    assert 'value="乙的"' in page
    assert 'name="seen" value="2"' in page
    assert len(await room.drafts.versions(PART)) == 2


@pytest.mark.parametrize(
    ("changes", "field", "told"),
    [
        ({"answer": "给3000元"}, "answer", "这里直接写了数字：3000"),
        ({"answer": "{nobody}出"}, "answer", "花括号里的“nobody”不是这个主题的要点"),
        ({"fact-0-item": "2"}, "fact-0-item", "第 2 条不在下面的“依据”里"),
        ({"title": "长" * 21}, "title", "标题超过 20 个字"),
        ({"valid_to": "2017-01-01"}, "valid_to", "结束日期早于开始日期"),
        ({"related": "没有的主题"}, "related", "“没有的主题”不是另一个主题"),
        ({"successor": "没有"}, "successor", "“没有”不是另一个主题"),
        ({"review_by": "明年"}, "review_by", "这里的写法不对"),
        ({"title": "考证补贴"}, "title", "和主题 subsidy 的完全一样"),
    ],
)
async def test_finding_stands_beside_its_field(people: People, changes: dict[str, str], field: str, told: str) -> None:
    fields = fields_of(topic(), **changes, act="preview")
    response = await people["editor"].post(f"{ANNUITY}/edit", fields)
    page = markup.unescape(await response.text())

    assert response.status in (200, 422)
    assert told in page
    assert f'href="#{field}"' in page
    assert told in re.split(r'<(?:input|textarea|select) id="' + field, page)[0]


async def test_preview_is_what_wechat_gets_with_its_bytes(people: People) -> None:
    page = await posted(people["editor"], "/admin/content/preview", fields_of(topic(), audience="x"), 200)

    assert "企业出钱，请打人社热线12333问。" in page
    assert "依据:《小文件》第1条" in page
    size = re.search(r"共 (\d+) 字节", page)
    assert size
    assert int(size[1]) > 100
    assert "<html" not in page


async def test_form_takes_more_rows_and_keeps_what_was_entered(people: People, room: ContentRoom) -> None:
    page = await posted(people["editor"], f"{ANNUITY}/edit", fields_of(topic(), act="more", owner="改过"), 200)

    assert page.count('aria-label="要点') == len(topic().facts) + 1 + 3
    assert 'value="改过"' in page
    assert len(await room.drafts.versions(PART)) == 1


async def test_row_that_is_crossed_out_goes(people: People, room: ContentRoom) -> None:
    fields = fields_of(topic("subsidy"), **{"fact-3-gone": "yes", "condition-3-gone": "yes"})
    await posted(people["editor"], "/admin/content/topics/subsidy/edit", fields)

    value = (await room.drafts.versions(topic_part("subsidy")))[0].value
    assert value == msgspec.structs.replace(
        topic("subsidy"), facts=topic("subsidy").facts[:3], conditions=topic("subsidy").conditions[:3]
    )


async def test_new_topic_is_drafted_and_listed(people: People) -> None:
    new = msgspec.structs.replace(topic(), id="pension", title="养老", question="养老找谁？")
    await posted(people["editor"], "/admin/content/new", fields_of(new, seen="0"))
    taken = await posted(people["editor"], "/admin/content/new", fields_of(new, seen="0"), 422)

    assert "这个编号已经有了" in taken
    assert "养老找谁？" in await text_of(people["editor"], "/admin/content?state=draft")


async def test_sent_back_draft_says_why(people: People) -> None:
    await handed_in(people, audience="别人")
    await posted(people["reviewer"], f"{ANNUITY}/send-back", {"number": "2", "reason": "金额不对"})

    assert "金额不对" in await text_of(people["editor"], ANNUITY)
    refused = await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "2"}, 422)
    assert "状态刚刚变了" in refused


async def test_publication_at_a_time(people: People, live: LiveKnowledge) -> None:
    await handed_in(people, audience="别人")
    for at, told in (("2026-03-01T08:00", "这个时间已经过去"), ("明天", "时间写成")):
        assert told in await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "2", "at": at}, 422)

    await posted(people["reviewer"], f"{ANNUITY}/publish", {"number": "2", "at": "2026-04-01T08:00"})

    assert "将在 2026-04-01 08:00 生效" in await text_of(people["editor"], ANNUITY)
    assert live().topics["annuity"] == topic()
    await posted(people["reviewer"], f"{ANNUITY}/unschedule", {"number": "2", "reason": "再等等"})
    assert "定时发布</span>" not in await text_of(people["editor"], "/admin/content?text=年金")


async def test_what_would_break_the_content_is_refused_with_its_reason(people: People) -> None:
    refused = await posted(
        people["admin"], "/admin/content/topics/prize/retire", {"number": "1", "reason": "没有了"}, 422
    )

    assert "topic annuity：“prize”不是另一个主题" in refused


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", 5),
        ("?text=年金", 1),
        ("?text=第3条", 1),
        ("?text=nothing", 0),
        ("?item=第1条", 2),
        ("?owner=测试", 5),
        ("?state=draft", 0),
        ("?due=expired", 1),
        ("?due=any&owner=x", 0),
        ("?page=2", 0),
        ("?page=x&state=no", 0),
    ],
)
async def test_list_is_searched_and_filtered(people: People, query: str, found: int) -> None:
    page = await text_of(people["editor"], f"/admin/content{query}")

    assert page.count('<td data-label="主题">') == found


async def test_list_says_what_waits_and_what_is_due(people: People) -> None:
    await handed_in(people, audience="别人")

    page = await text_of(people["reviewer"], "/admin/content")

    assert re.findall(r">(\d+) 个", page)[:2] == ["1", "1"]


async def test_two_versions_are_compared(people: People) -> None:
    await saved(people, audience="别人")

    page = await text_of(people["reviewer"], f"{ANNUITY}/compare?before=1&after=2")

    assert "<del>职工</del><ins>别人</ins>" in page
    assert page.count("有变化") == 1
    assert "两版完全一样" in await text_of(people["reviewer"], f"{ANNUITY}/compare?before=1&after=1")


@pytest.mark.parametrize(
    "path",
    [f"{ANNUITY}/compare", f"{ANNUITY}/compare?before=1&after=9", f"{ANNUITY}/edit?from=9", f"{ANNUITY}/edit?from=x"],
)
async def test_version_that_is_not_there_is_not_found(people: People, path: str) -> None:
    await text_of(people["editor"], path, 404)


@pytest.mark.parametrize("act", ["submit", "withdraw", "drop", "edit"])
async def test_act_of_the_editor_on_what_is_not_there(people: People, act: str) -> None:
    fields = dict(fields_of(topic()))
    assert (await people["editor"].post(f"/admin/content/topics/nothing/{act}", fields)).status == 404


async def test_draft_may_begin_from_an_older_version(people: People) -> None:
    await saved(people, audience="别人")

    page = await text_of(people["editor"], f"{ANNUITY}/edit?from=1")

    assert 'value="职工"' in page
    assert 'name="seen" value="2"' in page


async def test_unchanged_form_makes_no_version(people: People) -> None:
    assert "内容没有变化" in await posted(people["editor"], f"{ANNUITY}/edit", fields_of(topic()), 422)


async def test_form_shows_every_topic_without_a_change(people: People) -> None:
    for one in knowledge().topics.values():
        path = f"/admin/content/topics/{one.id}/edit"
        assert "内容没有变化" in await posted(people["editor"], path, fields_of(one), 422)
    assert date(2027, 5, 31).isoformat() in await text_of(people["editor"], f"{ANNUITY}/edit")
