"""Replies, offices, subjects next to the paper and later rules: from the form over a second person to the worker."""

from __future__ import annotations

import pytest

from bot.content.live import LiveKnowledge
from bot.content.room import ContentRoom
from policies_kb.parts import shared_part
from tests.factories import knowledge

from .people import Person
from .test_content import posted, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
PLACE = "/admin/content/shared"


def form(**fields: str) -> dict[str, str]:
    return {"seen": "1", "act": "save", "note": "改", **fields}


UNION = {"name": "工会热线", "number": "12351", "hours": "全天", "helps_with": "工会的事"}


async def published(people: People, table: str, number: int = 2) -> None:
    await posted(people["editor"], f"{PLACE}/{table}/submit", {"number": str(number)})
    await posted(people["reviewer"], f"{PLACE}/{table}/publish", {"number": str(number)})


async def test_reply_is_changed_reviewed_and_said(people: People, live: LiveKnowledge) -> None:
    change = form(text="您好，{union}", examples="企业年金\n获奖奖金")
    await posted(people["editor"], f"{PLACE}/replies/entries/welcome", change)
    page = await text_of(people["reviewer"], f"{PLACE}/replies")
    await published(people, "replies")

    assert "<ins>您好，</ins>" in page
    assert live().replies["welcome"].text == "您好，{union}"
    assert live().replies["greet"] == knowledge().replies["greet"]


async def test_number_of_an_office_is_changed_and_every_answer_names_it(people: People, live: LiveKnowledge) -> None:
    await posted(people["editor"], f"{PLACE}/contacts/entries/union", form(**{**UNION, "number": "12999"}))
    await published(people, "contacts")

    assert live().contacts["union"].number == "12999"


async def test_subject_gets_another_office(people: People, live: LiveKnowledge) -> None:
    name, near = next(iter(knowledge().near_scope.items()))
    fields = [*form(title=near.title).items(), ("contacts", "union"), ("contacts", ""), ("contacts", "union")]
    await posted(people["editor"], f"{PLACE}/near_scope/entries/{name}", fields)
    await published(people, "near_scope")

    assert live().near_scope[name].contacts == ("union",)


async def test_question_for_practice_is_added_and_asked(people: People, live: LiveKnowledge) -> None:
    fields = {
        "topic": "获奖奖金",
        "text": "银牌给多少？",
        "options": "1万元\r\n{silver}",
        "explanation": "银牌给{silver}。",
    }
    wrong = await people["editor"].post(f"{PLACE}/quiz/new", form(key="silver", right="C", **fields, act="preview"))
    assert "“C”不是答案" in await wrong.text()

    await posted(people["editor"], f"{PLACE}/quiz/new", form(key="silver", right="B", **fields))
    await published(people, "quiz")

    assert live().quiz["silver"].topic == "prize"
    assert live().quiz["silver"].options == ("1万元", "{silver}")


async def test_broken_question_for_practice_is_not_published(people: People, live: LiveKnowledge) -> None:
    fields = {"topic": "获奖奖金", "text": "银牌给多少？", "right": "对", "explanation": "银牌给5万元。"}
    await posted(people["editor"], f"{PLACE}/quiz/new", form(key="silver", **fields))
    await posted(people["editor"], f"{PLACE}/quiz/submit", {"number": "2"})

    assert "解释里至少写一个主题的要点" in await posted(
        people["reviewer"], f"{PLACE}/quiz/publish", {"number": "2"}, 422
    )
    assert "silver" not in live().quiz


async def test_office_is_added_and_taken_out_again(people: People, room: ContentRoom) -> None:
    await posted(people["editor"], f"{PLACE}/contacts/new", form(key="housing", **UNION))
    await posted(people["editor"], f"{PLACE}/contacts/entries/housing", form(seen="2", act="remove"))

    third, second, _ = await room.drafts.versions(shared_part("contacts"))
    assert second.value["housing"].name == "工会热线"
    assert third.value == knowledge().contacts


@pytest.mark.parametrize(
    ("path", "fields", "told"),
    [
        ("replies/entries/welcome", {"text": "打12351"}, "这里直接写了数字：12351"),
        ("replies/entries/welcome", {"text": "{nobody}"}, "花括号里的“nobody”没有定义"),
        ("replies/entries/welcome", {"text": "好", "examples": "没有的"}, "“没有的”不是主题"),
        ("replies/entries/welcome", {"text": ""}, "这一项没有填"),
        ("contacts/entries/union", {**UNION, "number": ""}, "这一项没有填"),
        ("notices/entries/newer", {"title": "x", "since": "哪天", "text": "x", "contact": "union"}, "这里的写法不对"),
    ],
)
async def test_finding_stands_beside_its_field(people: People, path: str, fields: dict[str, str], told: str) -> None:
    page = await people["editor"].post(f"{PLACE}/{path}", form(**{**fields, "act": "preview"}))

    assert told in await page.text()


@pytest.mark.parametrize(("key", "told"), [("Housing 1", "名字用 2 到 40 个"), ("union", "这个名字已经有了")])
async def test_name_of_a_new_entry_is_checked(people: People, key: str, told: str) -> None:
    assert told in await posted(people["editor"], f"{PLACE}/contacts/new", form(key=key, **UNION), 422)


async def test_preview_fills_in_what_a_conversation_would(people: People) -> None:
    fields = {"key": "near_scope", "text": "{subject}请打{contacts}，{union}"}
    page = await posted(people["editor"], f"{PLACE}/replies/preview", fields, 200)

    assert f"〔subject〕请打〔contacts〕，{knowledge().contacts['union']}" in page


@pytest.mark.parametrize(
    ("table", "fields", "said"),
    [
        (
            "notices",
            {"key": "newer", "title": "x", "since": "2025-01-01", "text": "{since}起改了", "contact": "union"},
            "起改了",
        ),
        ("contacts", {"key": "union", **UNION}, "工会热线12351"),
        ("near_scope", {"key": "pension", "title": "养老金", "contacts": "union"}, "养老金"),
        (
            "quiz",
            {"key": "x", "topic": "获奖奖金", "text": "金牌{gold}。", "right": "对", "explanation": "是{gold}。"},
            "金牌10万元。",
        ),
    ],
)
async def test_preview_of_other_entries(people: People, table: str, fields: dict[str, str], said: str) -> None:
    assert said in await posted(people["editor"], f"{PLACE}/{table}/preview", fields, 200)


async def test_two_editors_of_different_entries_are_not_in_each_others_way(people: People, room: ContentRoom) -> None:
    await posted(people["editor"], f"{PLACE}/replies/entries/welcome", form(text="甲"))
    await posted(people["editor"], f"{PLACE}/replies/entries/greet", form(text="乙"))

    latest = (await room.drafts.versions(shared_part("replies")))[0].value
    assert (latest["welcome"].text, latest["greet"].text) == ("甲", "乙")


async def test_two_editors_of_one_entry_lose_nothing(people: People, room: ContentRoom) -> None:
    await posted(people["editor"], f"{PLACE}/replies/entries/welcome", form(text="甲"))

    page = await posted(people["editor"], f"{PLACE}/replies/entries/welcome", form(text="乙"), 409)

    assert "刚刚被别人改了" in page
    assert "甲" in page
    assert ">乙</textarea>" in page
    assert 'name="seen" value="2"' in page
    assert len(await room.drafts.versions(shared_part("replies"))) == 2


async def test_unchanged_entry_makes_no_version(people: People) -> None:
    reply = knowledge().replies["greet"]

    assert "内容没有变化" in await posted(
        people["editor"], f"{PLACE}/replies/entries/greet", form(text=reply.text), 422
    )


async def test_entries_are_searched(people: People) -> None:
    assert (await text_of(people["editor"], f"{PLACE}/contacts?text=12333")).count("修改</a>") == 1
    assert "没有符合的" in await text_of(people["editor"], f"{PLACE}/contacts?text=nothing")


@pytest.mark.parametrize("path", ["menu/new", "replies/new", "menu/entries/x", "replies/entries/nothing"])
async def test_form_that_is_not_there_is_not_found(people: People, path: str) -> None:
    await text_of(people["editor"], f"{PLACE}/{path}", 404)


@pytest.mark.parametrize("name", ["menu", "slots", "interview"])
async def test_what_has_no_form_is_shown(people: People, name: str) -> None:
    assert "导入导出" in await text_of(people["reviewer"], f"{PLACE}/{name}")


async def test_reviewer_sees_from_the_list_that_something_waits(people: People) -> None:
    await posted(people["editor"], f"{PLACE}/replies/entries/welcome", form(text="甲"))
    await posted(people["editor"], f"{PLACE}/replies/submit", {"number": "2"})

    assert f'待审核：<a href="{PLACE}/replies">通用答复</a>' in await text_of(people["reviewer"], "/admin/content")
    assert "待审核" in await text_of(people["reviewer"], PLACE)
