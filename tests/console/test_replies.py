"""The pages of the canned replies, as agents and those who look after the team's replies use them."""

from __future__ import annotations

import html as markup
from collections.abc import Sequence
from io import BytesIO
from typing import Any

import pytest
from aiohttp import FormData

from bot.content.room import ContentRoom
from bot.replies import sheet
from policies_kb.parts import topic_part
from tests.contents.cast import EDITOR, REVIEWER
from tests.factories import topic

from .people import Fields, Person

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
FIND, OWN = "/desk/replies", "/desk/replies/own"
GREETING = {"title": "您好", "text": "您好，我是{坐席姓名}。", "shortcut": "nh", "category": "问候", "scope": "team"}
BOUND = {"title": "年金怎么说", "text": "企业出{请填写:比例}。", "topic": "企业年金", "scope": "team"}
HEADER = ("范围", "分类", "快捷码", "标题", "内容", "政策主题")


async def text_of(person: Person, path: str, status: int = 200) -> str:
    response = await person.get(path)
    assert response.status == status
    return markup.unescape(await response.text())


async def posted(person: Person, path: str, fields: Fields, status: int = 303) -> str:
    response = await person.post(path, fields)
    text = markup.unescape(await response.text())
    assert response.status == status, text
    return text


async def json_of(person: Person, path: str) -> Any:
    return (await (await person.get(path)).json())["replies"]


async def filled(person: Person, key: str, status: int = 200, **values: str) -> Any:
    entered = {f"fill-{name}": value for name, value in values.items()}
    response = await person.post(f"{FIND}/fill", {"key": key, "act": "use", **entered})
    assert response.status == status
    return await response.json()


async def uploaded(
    person: Person, rows: Sequence[tuple[str, ...]] | bytes, status: int, path: str = f"{OWN}/import"
) -> str:
    data = rows if isinstance(rows, bytes) else sheet.written("x", HEADER, rows)
    form = FormData()
    form.add_field("csrf", await person.csrf())
    form.add_field("act", "check")
    form.add_field("sheet", BytesIO(data), filename="replies.xlsx")
    response = await person.request("POST", path, form)
    assert response.status == status
    return await response.text()


async def change_annuity(room: ContentRoom) -> None:
    part = topic_part("annuity")
    version = await room.drafts.save(EDITOR, part, 1, topic(answer="{payer}全出。"), "改")
    await room.drafts.submit(EDITOR, part, version.number, "")
    await room.publishing.publish(REVIEWER, part, version.number, None, "")


async def test_search_gives_the_desk_what_it_needs(people: People) -> None:
    (one,) = await json_of(people["agent"], f"{FIND}/search?q=qynj&limit=5")

    assert one == {
        "key": "topic:annuity",
        "scope": "topic",
        "category": "测试",
        "shortcut": "",
        "title": "企业年金",
        "text": "企业出钱。",
        "spoken": "企业出钱。",
        "prompts": [],
        "about": "年金谁出钱？",
        "source": ["依据:《小文件》第1条"],
        "contact": "人社热线12333（每天）",
        "mark": None,
        "told": "",
        "uses": 0,
    }


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("", 5),
        ("?limit=2", 2),
        ("?limit=x", 5),
        ("?limit=0", 1),
        ("?scope=own", 0),
        ("?scope=x", 5),
        ("?category=没有", 0),
        ("?q=%00%ff", 0),
    ],
)
async def test_search_is_limited_and_filtered(people: People, query: str, count: int) -> None:
    assert len(await json_of(people["agent"], f"{FIND}/search{query}")) == count


async def test_reply_is_filled_counted_and_spoken(people: People) -> None:
    await posted(people["admin"], f"{OWN}/new", GREETING | {"text": "{坐席姓名}：{请填写:金额}元"})

    missing = await filled(people["agent"], "own:1", 422)
    done = await filled(people["agent"], "own:1", 金额="3000")

    assert (missing["missing"], missing["told"]) == (["金额"], "还没有填：金额")
    assert missing["text"] == "agent 同志：{请填写:金额}元"
    assert done == {"text": "agent 同志：3000元", "spoken": "agent 同志：三千元"}
    assert (await json_of(people["agent"], f"{FIND}/search?q=nh"))[0]["uses"] == 1


async def test_marked_reply_is_refused_until_it_is_confirmed(people: People, room: ContentRoom) -> None:
    await posted(people["reviewer"], f"{OWN}/new", BOUND)
    await change_annuity(room)

    assert "要核对后才能用" in (await filled(people["agent"], "own:1", 409, 比例="全部"))["told"]
    assert "不能用" in await text_of(people["agent"], f"{FIND}?q=njzms")
    assert "1 条的政策变了，要审核员核对" in await text_of(people["agent"], OWN)
    page = await text_of(people["reviewer"], f"{OWN}/1")
    standing = page.partition('name="standing" value="')[2].partition('"')[0]
    told = await posted(people["reviewer"], f"{OWN}/1/confirm", {"seen": "1", "standing": standing}, 422)
    assert "写明原因" in told
    await posted(people["reviewer"], f"{OWN}/1/confirm", {"seen": "1", "standing": standing, "reason": "还对"})

    assert (await filled(people["agent"], "own:1", 比例="全部"))["text"] == "企业出全部。"


async def test_second_editor_keeps_what_he_entered_and_sees_the_others(people: People) -> None:
    await posted(people["admin"], f"{OWN}/new", GREETING)
    await posted(people["admin"], f"{OWN}/1", GREETING | {"text": "甲的", "seen": "1"})

    page = await posted(people["reviewer"], f"{OWN}/1", GREETING | {"text": "乙的", "seen": "1"}, 409)

    assert "admin刚刚改过" in page
    assert '<p class="text">甲的</p>' in page
    assert ">乙的</textarea>" in page
    assert 'name="seen" value="2"' in page
    again = await posted(people["reviewer"], f"{OWN}/1/archive", {"seen": "1"}, 409)
    assert "没有保存" in again


async def test_agent_keeps_replies_of_his_own_alone(people: People) -> None:
    await posted(people["admin"], f"{OWN}/new", GREETING)
    await posted(people["agent"], f"{OWN}/new", GREETING | {"scope": "own"})

    assert (await people["agent"].post(f"{OWN}/new", GREETING)).status == 403
    assert (await people["agent"].post(f"{OWN}/1", GREETING | {"seen": "1"})).status == 403
    assert (await people["agent"].post(f"{OWN}/1/archive", {"seen": "1"})).status == 403
    assert "<form class=" not in await text_of(people["agent"], f"{OWN}/1")
    await text_of(people["admin"], f"{OWN}/2", 404)
    await posted(people["agent"], f"{OWN}/2/archive", {"seen": "1"})
    assert "您好" not in (await json_of(people["agent"], f"{FIND}/search?scope=own"))


async def test_what_is_wrong_stands_beside_its_field(people: People) -> None:
    page = await posted(people["agent"], f"{OWN}/new", {"title": "", "text": "{worker_name}", "topic": "x"}, 422)

    for told in ("标题要填", "没有这样的变量：worker_name", "没有“x”这个主题"):
        assert told in page
    assert ">{worker_name}</textarea>" in page
    await posted(people["agent"], f"{OWN}/new", GREETING | {"scope": "own"})
    page = await posted(people["agent"], f"{OWN}/1", {"title": "您好", "text": "", "seen": "1"}, 422)
    assert "内容没有填" in page


async def test_page_shows_what_is_chosen(people: People) -> None:
    page = await text_of(people["agent"], f"{FIND}?q=&key=topic:prize")

    assert page.count('aria-current="true"') == 1
    shown = page.partition('data-key="topic:prize"')[2].partition(">")[0]
    assert "hidden" not in shown
    part = await text_of(people["agent"], f"{FIND}?part=results&q=nothing")
    assert "没有找到" in part
    assert "<html" not in part


async def test_sheet_goes_out_and_comes_in_after_a_look(people: People) -> None:
    await posted(people["admin"], f"{OWN}/new", GREETING)
    exported = await people["admin"].get(f"{OWN}/export")
    rows = sheet.read(await exported.read(), 6)
    large = [("团队", "", "", f"第{number}条", "长" * 100 + f"<{number}>", "") for number in range(600)]

    assert rows == [HEADER, ("团队", "问候", "nh", "您好", "您好，我是{坐席姓名}。", "")]
    assert "attachment" in exported.headers["Content-Disposition"]
    assert "第 2 行，标题：已经有一条同名的" in await uploaded(people["admin"], rows[1:], 422)
    page = await uploaded(people["admin"], large, 200)
    assert "会导入 600 条" in page
    assert len(await json_of(people["admin"], f"{FIND}/search?scope=team")) == 1
    held = markup.unescape(page.partition('name="rows" value="')[2].partition('"')[0])
    await posted(people["admin"], f"{OWN}/import", {"act": "import", "rows": held})
    assert len(await json_of(people["admin"], f"{FIND}/search?scope=team&limit=100")) == 100
    again = await posted(people["admin"], f"{OWN}/import", {"act": "import", "rows": held}, 422)
    assert "什么都没有导入" in again


async def test_bad_files_are_refused(people: People) -> None:
    agent = people["agent"]

    assert "不是能读的 Excel" in await uploaded(agent, b"x", 422)
    assert "团队的常用语由审核员或管理员维护" in await uploaded(agent, [("团队", "", "", "a", "b", "")], 422)
    assert "不是能读的 Excel" in await posted(agent, f"{OWN}/import", {"act": "import", "rows": "nonsense"}, 422)
    rows = '[["标题","内容"],["甲\\u0000","乙\\u0000"]]'
    await posted(agent, f"{OWN}/import", {"act": "import", "rows": rows})
    assert [one["title"] for one in await json_of(agent, f"{FIND}/search?scope=own")] == ["甲"]
    assert "文件太大" in await uploaded(agent, bytes(3 * 1024 * 1024), 422)
    assert "提交的内容太大" in await uploaded(agent, bytes(5 * 1024 * 1024), 413)


async def test_only_the_import_takes_so_much(people: People) -> None:
    assert "提交的内容太大" in await uploaded(people["agent"], bytes(2 * 1024 * 1024), 413, f"{OWN}/new")


async def test_nearest_place_of_the_navigation_is_the_current_one(people: People) -> None:
    page = await text_of(people["agent"], f"{OWN}/new")

    assert page.count('aria-current="page"') == 1
    assert f'href="{OWN}" aria-current="page"' in page
