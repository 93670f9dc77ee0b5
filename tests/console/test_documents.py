"""Papers: uploaded as text, seen by their items beside the topics, compared edition by edition; nothing is published by that."""

from __future__ import annotations

import html as markup
from datetime import date

import pytest

from bot.content.live import LiveKnowledge
from bot.content.room import ContentRoom
from bot.documents.model import MOST_BYTES
from policies_kb.parts import Part, PartKind
from tests.accounts.cast import Parts
from tests.factories import knowledge

from .people import Person
from .test_content import posted, text_of

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
PLACE = "/admin/content/documents"
PAPER = f"{PLACE}/paper"
TEXT = """一、措施
1.年金由企业和省财政出。
2.金牌10万元、银牌5万元、第一名1万元。
3.参保3年以上、自2017年1月1日起取证的在职职工，1年内可以申请。
4.因转产降薪50%、现在不超过5000元的技师、高级技师，给100元、200元，按降低部分的40%。
三、保障
(一)省财政给。
"""


async def sent(
    person: Person,
    text: str,
    path: str = f"{PAPER}/upload",
    fields: dict[str, str] | None = None,
    status: int = 303,
) -> str:
    response = await person.send(path, "paper.txt", text.encode(), fields)
    told = markup.unescape(await response.text())
    assert response.status == status, told
    return told or response.headers["Location"]


async def test_paper_is_seen_by_its_items_beside_the_topics(people: People, live: LiveKnowledge, made: Parts) -> None:
    await sent(people["editor"], TEXT)

    page = await text_of(people["reviewer"], PAPER)
    item = await text_of(people["reviewer"], f"{PAPER}/items/1")

    assert "所有引用它的要点，都能在最新的文字里找到" in page
    assert "1.年金由企业和省财政出。" in item
    assert "谁出钱：企业" in item
    assert "企业年金" in item
    assert "(一)省财政给。" in await text_of(people["editor"], f"{PAPER}/items/三(一)")
    assert live() == knowledge()
    assert [one.entry.after for one in await made.logged(verb="upload")] == [{"edition": 1}]


async def test_new_edition_shows_what_no_longer_matches_and_what_changed(people: People, live: LiveKnowledge) -> None:
    await sent(people["editor"], TEXT)
    newer = TEXT.replace("10万元", "12万元").replace("三、保障\n(一)省财政给。", "5.新的一条。")

    address = await sent(people["editor"], newer)
    page = await text_of(people["editor"], address)

    assert "获奖奖金</a>：世赛金牌 <strong>10万元</strong>" in page
    assert "这一版才有的" in page
    assert "文字里没有第 三(一) 条" in page
    assert "金牌1<del>0</del><ins>2</ins>万元" in page
    assert [page.count(f">{kind}</span>") for kind in ("新的", "改了", "没有了")] == [1, 1, 1]
    assert live() == knowledge()


async def test_fact_that_did_not_match_before_is_not_new(people: People) -> None:
    await sent(people["editor"], TEXT.replace("10万元", "12万元"))

    page = await text_of(people["editor"], await sent(people["editor"], TEXT.replace("10万元", "13万元")))

    assert "世赛金牌" in page
    assert "这一版才有的" not in page


async def test_items_of_a_new_edition_are_drafted_and_reviewed(people: People, live: LiveKnowledge) -> None:
    await sent(people["editor"], TEXT + "")
    await sent(people["editor"], TEXT.replace("三、保障", "5.新的一条，很要紧。\n三、保障"))
    page = await text_of(people["editor"], f"{PAPER}/edit?items=latest")
    assert "5｜第5条｜新的一条，很要紧" in page
    lines = page.partition('name="items"')[2].partition(">")[2].partition("</textarea>")[0]
    old = knowledge().documents["paper"]
    fields = {"title": old.title, "issuer": old.issuer, "issued": "2017-11-30", "note": old.note, "items": lines}

    await posted(people["editor"], f"{PAPER}/edit", {**fields, "seen": "1", "why": "新的一版"})
    await posted(people["editor"], f"{PAPER}/submit", {"number": "2"})
    await posted(people["reviewer"], f"{PAPER}/publish", {"number": "2"})

    item = live().documents["paper"].item(5)
    assert item is not None
    assert item.cite == "第5条"
    assert live().documents["paper"].item(1) == old.item(1)


async def test_item_that_a_topic_cites_cannot_go(people: People) -> None:
    old = knowledge().documents["paper"]
    fields = {
        "title": old.title,
        "issuer": old.issuer,
        "issued": "2017-11-30",
        "note": old.note,
        "items": "1｜第1条｜x",
    }
    await posted(people["editor"], f"{PAPER}/edit", {**fields, "seen": "1"})
    await posted(people["editor"], f"{PAPER}/submit", {"number": "2"})

    refused = await posted(people["reviewer"], f"{PAPER}/publish", {"number": "2"}, 422)

    assert "topic prize：文件里没有第 2 条" in refused


async def test_new_paper_becomes_a_draft_with_the_items_that_were_found(
    people: People, live: LiveKnowledge, room: ContentRoom
) -> None:
    fields = {
        "id": "harbin-2026",
        "title": "新文件",
        "issuer": "某市",
        "issued": "2026-03-01",
        "note": "印发于{issued}。",
    }
    await sent(people["editor"], TEXT, f"{PLACE}/new", fields)

    value = (await room.drafts.versions(Part(PartKind.DOCUMENT, "harbin-2026")))[0].value
    assert (value.title, value.issued, len(value.items)) == ("新文件", date(2026, 3, 1), 5)
    assert [(item.cite, item.heading) for item in value.items[-2:]] == [
        ("第4条", "因转产降薪50%、现在不超过5000元的"),
        ("第三部分(一)", "省财政给"),
    ]
    assert "harbin-2026" not in live().documents
    assert "新文件" in await text_of(people["reviewer"], PLACE)
    assert "因转产" in await text_of(people["reviewer"], f"{PLACE}/harbin-2026/items/4")


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"id": "X"}, "编号用"),
        ({"id": "paper"}, "这个编号已经有了"),
        ({"id": "new"}, "编号用"),
        ({"title": ""}, "这一项没有填"),
        ({"issued": "昨天"}, "这里的写法不对"),
        ({"note": "{nobody}"}, "没有定义"),
    ],
)
async def test_form_of_a_new_paper_is_checked(people: People, changes: dict[str, str], told: str) -> None:
    fields = {"id": "harbin-2026", "title": "新", "issuer": "某", "issued": "2026-03-01", "note": "印发。"} | changes

    assert told in await sent(people["editor"], TEXT, f"{PLACE}/new", fields, 422)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("", "没有选文件"),
        ("没有编号", "现在找到的是：none"),
        ("1.一\n3.三", "现在找到的是：1, 3"),
        ("1.一\n1.一", "编号出现了两次"),
        ("1." + "长" * MOST_BYTES, "最多 1 MB"),
    ],
)
async def test_paper_that_cannot_be_split_is_told(people: People, text: str, told: str) -> None:
    assert told in await sent(people["editor"], text, status=422)


async def test_paper_may_be_pasted_and_is_kept_once(people: People) -> None:
    await posted(people["editor"], f"{PAPER}/upload", {"pasted": TEXT})

    assert "和最新的一版完全一样" in await posted(people["editor"], f"{PAPER}/upload", {"pasted": TEXT}, 422)


async def test_file_of_another_encoding_is_told(people: People) -> None:
    response = await people["editor"].send(f"{PAPER}/upload", "x.txt", TEXT.encode("gbk"))

    assert "另存为时编码选 UTF-8" in await response.text()


@pytest.mark.parametrize(
    "path", [f"{PLACE}/nothing", f"{PAPER}/items/77", f"{PAPER}/editions", f"{PAPER}/editions?before=1&after=2"]
)
async def test_what_is_not_there_is_not_found(people: People, path: str) -> None:
    await text_of(people["editor"], path, 404)


async def test_second_editor_of_a_document_is_told(people: People) -> None:
    old = knowledge().documents["paper"]
    lines = "\n".join(f"{item.number}｜{item.cite}｜{item.heading}" for item in old.items)
    fields = {"issuer": old.issuer, "issued": "2017-11-30", "note": old.note, "items": lines, "seen": "1"}
    await posted(people["editor"], f"{PAPER}/edit", {**fields, "title": "甲"})

    page = await posted(people["editor"], f"{PAPER}/edit", {**fields, "title": "乙"}, 409)

    assert "刚刚被别人改了" in page
    assert 'value="乙"' in page
    assert "内容没有变化" in await posted(
        people["editor"], f"{PAPER}/edit", {**fields, "title": "甲", "seen": "2"}, 422
    )
    assert "写了两遍" in await posted(
        people["editor"], f"{PAPER}/edit", {**fields, "title": "丙", "items": f"{lines}\n1｜第1条｜x"}, 422
    )
