"""Import and export at the console: exact differences first, then drafts of all of it or of nothing."""

from __future__ import annotations

import html as markup
import io
import re
import zipfile

import pytest

from bot.content.live import LiveKnowledge
from bot.content.model import State
from bot.content.room import ContentRoom
from bot.exchange import service
from bot.exchange.model import MOST_BYTES
from policies_kb.parts import parts_of, questions_part, shared_part, topic_part
from tests.factories import knowledge, topic

from .people import Person
from .test_content import posted, saved
from .workbooks import Book

pytestmark = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
People = dict[str, Person]
PLACE = "/admin/content/exchange"


@pytest.fixture
async def book(people: People) -> Book:
    response = await people["editor"].get(f"{PLACE}/content.xlsx")
    assert "filename*=UTF-8" in response.headers["Content-Disposition"]
    return Book(await response.read())


async def look(person: Person, data: bytes, status: int = 200, name: str = "改.xlsx") -> str:
    response = await person.send(f"{PLACE}/look", name, data)
    text = markup.unescape(await response.text())
    assert response.status == status, text
    return text


async def take(person: Person, page: str, status: int = 303) -> None:
    found = re.search(r'name="number" value="(\d+)"', page)
    assert found
    await posted(person, f"{PLACE}/take", {"number": found[1], "note": "照新文件改"}, status)


@pytest.mark.parametrize("kind", ["xlsx", "zip"])
async def test_export_comes_in_again_without_change(people: People, kind: str) -> None:
    data = await (await people["reviewer"].get(f"{PLACE}/content.{kind}")).read()

    assert "和已发布的完全一样" in await look(people["editor"], data, name=f"x.{kind}")


async def test_three_edits_become_drafts_and_nothing_is_published(
    people: People, book: Book, live: LiveKnowledge, room: ContentRoom
) -> None:
    book.cell("主题", "标题", "annuity").value = "职业年金"
    book.cell("数字和要点", "数字、内容或和什么比", "prize", "gold").value = 12
    book.cell("咨询电话", "号码", "union").value = 12999
    page = await look(people["editor"], book.data())
    assert "3 份和已发布的不同" in page
    assert "<del>企</del><ins>职</ins>业年金" in page
    assert (await room.drafts.pending()) == []

    await take(people["editor"], page)

    drafts = {one.part: one for one in await room.drafts.pending()}
    assert {one.state for one in drafts.values()} == {State.DRAFT}
    assert drafts[topic_part("annuity")].value == topic(title="职业年金")
    assert drafts[topic_part("prize")].value.facts[0].value == 12
    assert drafts[shared_part("contacts")].value["union"].number == "12999"
    assert {one.note for one in drafts.values()} == {"照新文件改"}
    assert live() == knowledge()


async def test_duplicate_and_formula_stop_everything(people: People, book: Book, room: ContentRoom) -> None:
    for name in ("annuity", "prize", "subsidy"):
        book.cell("主题", "适用对象", name).value = "大家"
    book.copy("主题", "closed")
    book.cell("主题", "给工友的答案", "allowance").value = '=HYPERLINK("http://x","x")'

    page = await look(people["editor"], book.data(), 422)

    assert "什么都没有导入" in page
    assert page.count("<ins>大家</ins>") == 3
    assert re.search(r"主题，第 7 行，编号：和第 \d 行重复", page)
    assert re.search(r"主题!E\d：这里是公式", page)
    assert 'name="number"' not in page
    assert await room.drafts.pending() == []


async def test_text_that_begins_like_a_formula_goes_out_guarded_and_comes_in_as_text(
    people: People, book: Book, room: ContentRoom
) -> None:
    book.add("新加的问法", "annuity", "'=cmd|' /C calc'!A0")
    page = await look(people["editor"], book.data())
    await take(people["editor"], page)
    await posted(people["editor"], "/admin/content/questions/annuity/submit", {"number": "1"})
    await posted(people["reviewer"], "/admin/content/questions/annuity/publish", {"number": "1"})

    again = Book(await (await people["editor"].get(f"{PLACE}/content.xlsx")).read())

    assert (await room.drafts.versions(questions_part("annuity")))[0].value.examples == ("=cmd|' /C calc'!A0",)
    assert again.texts("新加的问法") == [["annuity", "'=cmd|' /C calc'!A0"]]
    assert again.book["新加的问法"]["B2"].data_type == "s"


@pytest.mark.parametrize(
    ("sheet", "row", "told"),
    [
        ("新加的问法", ["annuity", "企业年金谁能享受"], "主题“企业年金”已经有这句问法"),
        ("新加的问法", ["nothing", "没人问过的话"], "没有这个编号"),
        ("通用答复", ["unheard", "x", ""], "没有这个编号或名字，这里不能新加"),
        ("咨询电话", ["Two Words", "x", "x", "x", "x"], "写法不对"),
        ("咨询电话", ["other", "x", "", "x", "x"], "咨询电话，第 4 行，号码：这一项没有填"),
        (
            "数字和要点",
            ["annuity", "n", "金额", "x", "1", "元", "77", ""],
            "annuity，数字和要点，第 2 行：第 77 条不在",
        ),
        ("数字和要点", ["annuity", "n", "没有的", "x", "1", "元", "1", ""], "数字和要点，第 19 行，是什么"),
        ("没见过", ["x"], "不认识这个工作表"),
    ],
)
async def test_what_cannot_be_taken_is_told_with_its_place(
    people: People, book: Book, sheet: str, row: list[str], told: str
) -> None:
    if sheet not in book.book.sheetnames:
        book.book.create_sheet(sheet)
    book.add(sheet, *row)

    assert told in await look(people["editor"], book.data(), 422)


async def test_new_topic_with_the_question_of_another_is_refused(people: People, book: Book) -> None:
    book.copy("主题", "annuity")
    book.book["主题"].cell(book.book["主题"].max_row, 1).value = "pension"
    book.add("数字和要点", "pension", "payer", "对象", "谁出", "企业", "", "1", "")

    page = await look(people["editor"], book.data(), 422)

    assert "pension，一句话的问法：和主题 annuity 的完全一样" in page
    assert "annuity，一句话的问法" not in page


async def test_missing_column_is_told(people: People, book: Book) -> None:
    book.book["主题"]["B1"].value = "名称"

    assert "少了“标题”这一列" in await look(people["editor"], book.data(), 422)


async def test_draft_of_another_is_not_overwritten(people: People, book: Book) -> None:
    await saved(people, audience="别人")
    book.cell("主题", "标题", "annuity").value = "职业年金"

    assert "有没发布的第 2 版（editor）" in await look(people["editor"], book.data(), 422)


async def test_draft_that_comes_between_stops_the_taking(people: People, book: Book, room: ContentRoom) -> None:
    book.cell("主题", "标题", "annuity").value = "职业年金"
    book.cell("主题", "标题", "prize").value = "奖"
    page = await look(people["editor"], book.data())
    await saved(people, audience="别人")

    await take(people["editor"], page, 409)

    assert [one.part for one in await room.drafts.pending()] == [topic_part("annuity")]


async def test_file_is_taken_once_and_by_who_sent_it(people: People, book: Book) -> None:
    book.cell("主题", "标题", "annuity").value = "职业年金"
    page = await look(people["editor"], book.data())
    await take(people["editor"], page)

    await take(people["editor"], page, 409)


async def test_several_files_come_as_an_archive_and_one_alone(people: People, room: ContentRoom) -> None:
    data = service.file_of("zip", parts_of(knowledge()))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        menu, annuity = archive.read("menu.yml"), archive.read("topics/annuity.yml")
    alone = menu.replace("年金".encode(), "企业年金".encode())
    await take(people["editor"], await look(people["editor"], alone, name="menu.yml"))
    await take(
        people["editor"],
        await look(people["editor"], annuity.replace(b"audience: ", b"audience: A"), name="annuity.yml"),
    )

    assert {one.part for one in await room.drafts.pending()} == {shared_part("menu"), topic_part("annuity")}


@pytest.mark.parametrize(
    ("name", "data", "told"),
    [
        ("x.xlsx", b"", "没有选文件"),
        ("x.exe", b"x", "只能导入"),
        ("x.xlsx", b"x", "读不了这个 Excel 文件"),
        ("x.zip", b"x", "读不了这个压缩包"),
        ("annuity.yml", b"answer: [", "annuity.yml:2"),
        ("other.yml", b"id: annuity\nanswer: x", "不认识这个文件"),
        ("annuity.yml", b"id: annuity\nanswer: x\nnobody: 1", "不认识这一项"),
        ("annuity.yml", b"a: &a [x]\nid: annuity\nanswer: *a", "请写全"),
        ("annuity.yml", b"nlu:\n- intent: ask/other\n  examples: '- x'", "一个主题的问法"),
        ("annuity.yml", b"nlu: 3", "一个主题的问法"),
        ("x.zip", service.file_of("zip", {})[:10], "读不了这个压缩包"),
    ],
)
async def test_file_that_cannot_be_read_is_told(people: People, name: str, data: bytes, told: str) -> None:
    assert told in await look(people["editor"], data, 422, name)


async def test_file_that_is_too_large_is_refused(people: People) -> None:
    assert "提交的内容太大" in await look(people["editor"], b"x" * (2 * MOST_BYTES), 413)
    assert "最多 4 MB" in await look(people["editor"], b"x" * (MOST_BYTES + 1), 422)


async def test_archive_that_unpacks_to_too_much_is_refused(people: People) -> None:
    for name in ("x.zip", "x.xlsx"):
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("annuity.yml", b"0" * (17 * MOST_BYTES))
        assert "最多 4 MB" in await look(people["editor"], buffer.getvalue(), 422, name)


async def test_questions_go_out_and_in_as_files_for_training(people: People, room: ContentRoom) -> None:
    text = 'version: "3.1"\nnlu:\n  - intent: ask/annuity\n    examples: |\n      - 厂里那个第二份养老钱谁掏\n'
    await take(people["editor"], await look(people["editor"], text.encode(), name="annuity.yml"))

    value = (await room.drafts.versions(questions_part("annuity")))[0].value
    with zipfile.ZipFile(io.BytesIO(service.file_of("zip", {questions_part("annuity"): value}))) as archive:
        assert archive.read("questions/annuity.yml").decode() == text


async def test_retired_topic_comes_back_as_a_draft(people: People, book: Book, room: ContentRoom) -> None:
    await posted(people["reviewer"], "/admin/content/topics/closed/retire", {"number": "1", "reason": "没了"})
    page = await look(people["editor"], book.data())
    assert "新的" in page

    await take(people["editor"], page)

    assert (await room.drafts.versions(topic_part("closed")))[0].number == 2
