"""Replies go out into a sheet and come back as they were; formulas are text, and one bad row stops all."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook

from bot import sheets
from bot.accounts.model import User
from bot.replies import sheet, words
from bot.replies.errors import Problem, Refusal, Refused
from bot.replies.exchanging import COLUMNS, Plan, Row, exported, planned
from bot.replies.keeping import may_share

from .cast import ON, Process, draft

NAMES = words.load().names
HEADER: Row = ("范围", "分类", "快捷码", "标题", "内容", "政策主题")


async def plan(here: Process, user: User, *rows: Row, header: Row = HEADER) -> Plan:
    replies = await here.keeping.listed(user)
    return planned([header, *rows], replies, user, here.content(), NAMES, may_share=may_share(user))


def told(found: Plan) -> list[tuple[int, str, Refusal]]:
    return [(one.row, one.field, one.refusal) for one in found.problems]


def test_sheet_is_read_as_it_was_written() -> None:
    rows = [("团队", "", "nh", "您好", "您好，\n{坐席姓名}", ""), ("我的", "", "", "=1+1", "@SUM(A1)", "+1")]

    assert sheet.read(sheet.written("常用语", HEADER, rows), 6) == [HEADER, *rows]


def test_formula_of_a_file_comes_in_as_what_is_written_there() -> None:
    book = Workbook()
    book.worksheets[0].append(["=1+1", 3, 3.5, None, True])
    file = BytesIO()
    book.save(file)

    assert sheet.read(file.getvalue(), 6) == [("=1+1", "3", "3.5", "", "True", "")]


@pytest.mark.parametrize("data", [b"", b"no sheet", b"PK\x03\x04", sheet.written("x", ("a",), [])[:-30]])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(sheets.Unreadable):
        sheet.read(data, 6)


def test_archive_of_other_things_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w") as archive:
        archive.writestr("a.txt", "x")

    with pytest.raises(sheets.Unreadable):
        sheet.read(file.getvalue(), 6)


def test_sheet_that_unpacks_to_too_much_is_refused() -> None:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", bytes(41 * 1024 * 1024))

    with pytest.raises(sheets.TooLarge):
        sheet.read(file.getvalue(), 6)


def test_too_many_rows_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheet, "MOST_ROWS", 2)
    rows = [("x",)] * 3

    assert len(sheet.read(sheet.written("x", ("a",), rows[:2]), 6)) == 3
    with pytest.raises(sheets.TooLarge):
        sheet.read(sheet.written("x", ("a",), rows), 6)


@pytest.mark.parametrize("database_url", ON, indirect=True)
async def test_export_comes_back_after_all_were_archived(here: Process, reviewer: User, agent: User) -> None:
    first = await here.keeping.add(reviewer, draft("年金", "企业出。", "nj", "保险", topic="企业年金"), shared=True)
    await here.keeping.add(reviewer, draft("我的"), shared=False)
    await here.keeping.add(agent, draft("别人的"), shared=False)
    replies = await here.keeping.listed(reviewer)
    rows = list(exported(replies, reviewer, here.content(), NAMES))
    for reply in replies:
        await here.keeping.archive(reviewer, reply.id, 1, "")

    found = await plan(here, reviewer, *rows)

    assert rows[0] == ("团队", "保险", "nj", "年金", "企业出。", "企业年金")
    assert len(rows) == 2
    assert found.problems == ()
    news = [here.keeping.new(reviewer, line.draft, "import", shared=line.shared) for line in found.lines]
    await here.keeping.import_all(reviewer, news)
    again = await here.keeping.listed(reviewer)
    assert [(one.owner, one.draft) for one in again] == [(one.owner, one.draft) for one in replies]
    assert again[0].id != first
    assert (await here.desk.card(reviewer, again[0].key)).mark is None


@pytest.mark.parametrize("database_url", ON, indirect=True)
async def test_everything_that_is_wrong_is_told_with_its_row(here: Process, reviewer: User, agent: User) -> None:
    await here.keeping.add(reviewer, draft("有了", shortcut="a"), shared=True)
    rows: list[Row] = [
        ("团队", "", "A", "有了", "x", ""),
        ("", "", "b", "新的", "x", ""),
        ("", "", "", "", "", ""),
        ("我的", "", "b", "新的", "x", ""),
        ("大家", "", "", "甲", "{no}", "没有"),
    ]

    found = await plan(here, reviewer, *rows)

    assert told(found) == [
        (2, "title", Refusal.TITLE_TAKEN),
        (2, "shortcut", Refusal.SHORTCUT_TAKEN),
        (5, "title", Refusal.TWICE),
        (5, "shortcut", Refusal.TWICE),
        (6, "scope", Refusal.SCOPE_FORM),
        (6, "topic", Refusal.TOPIC_UNKNOWN),
        (6, "text", Refusal.UNKNOWN_VARIABLE),
    ]
    assert found.problems[2].values == {"first": 3}
    assert told(await plan(here, agent, ("团队", "", "", "x", "x", ""))) == [(2, "scope", Refusal.NOT_SHARED)]


@pytest.mark.parametrize("database_url", ON, indirect=True)
@pytest.mark.parametrize("header", [("标题",), ("标题", "内容", "标题"), ("x", "y")])
async def test_header_has_to_name_title_and_text_once(here: Process, agent: User, header: Row) -> None:
    assert told(await plan(here, agent, ("a", "b", "c"), header=header)) == [(1, "sheet", Refusal.HEADER)]


@pytest.mark.parametrize("database_url", ON, indirect=True)
async def test_columns_may_stand_in_any_order_and_be_missing(here: Process, agent: User) -> None:
    (line,) = (await plan(here, agent, ("讲。", "您好", "?"), header=("内容", "标题", "备注"))).lines

    assert (line.shared, line.draft.title, line.draft.text) == (False, "您好", "讲。")
    assert told(await plan(here, agent)) == [(0, "sheet", Refusal.SHEET_EMPTY)]


async def test_what_another_took_in_between_stops_the_whole_import(here: Process, agent: User) -> None:
    news = [here.keeping.new(agent, draft(title), "import", shared=False) for title in ("甲", "乙")]
    await here.keeping.add(agent, draft("乙"), shared=False)

    with pytest.raises(Refused) as error:
        await here.keeping.import_all(agent, news)

    assert error.value.problems == (Problem("sheet", Refusal.TAKEN),)
    assert [one.draft.title for one in await here.keeping.listed(agent)] == ["乙"]


def test_columns_have_names() -> None:
    assert tuple(words.load().columns) == COLUMNS
