"""Batches as they are pasted, and as Excel comes in and goes out."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

import pytest
from openpyxl import Workbook, load_workbook

from bot.trial import sheet, words
from bot.trial.model import Row
from bot.trial.sheet import Headings, SheetInvalid
from tests.factories import knowledge

WORDS = words.load()
HEADINGS = Headings(WORDS.header_words, WORDS.refusal_words)


def excel(*rows: Sequence[object]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


def rows(cells: list[sheet.Cells]) -> list[Row]:
    return sheet.rows_of(cells, HEADINGS, knowledge())


def test_lines_are_questions_with_what_is_expected() -> None:
    title = knowledge().topics["annuity"].title

    found = rows(sheet.pasted(f"年金谁出钱\t{title}\t企业\n\n国债怎么买\t拒答\n 随便问问 \n两个都行\tannuity|ANNUITY"))

    assert found == [
        Row("年金谁出钱", title, ("annuity",), text="企业"),
        Row("国债怎么买", "拒答", refusal=True),
        Row("随便问问"),
        Row("两个都行", "annuity|ANNUITY", ("annuity", "annuity")),
    ]


def test_excel_is_read_with_its_heading_and_formulas_as_text() -> None:
    found = rows(sheet.opened(excel(["问题", "应答的主题"], ["年金谁出钱", "annuity"], ["=1+1", None], [12, None])))

    assert [one.question for one in found] == ["年金谁出钱", "=1+1", "12"]


@pytest.mark.parametrize(
    ("cells", "name"),
    [
        ([("年金", "没有的主题", "")], "no_topic"),
        ([], "no_question"),
        ([("问题", "", "")], "no_question"),
    ],
)
def test_what_cannot_be_asked_is_refused(cells: list[sheet.Cells], name: str) -> None:
    with pytest.raises(SheetInvalid) as refused:
        rows(cells)

    assert refused.value.name == name
    assert WORDS.refusals[name].format(line=refused.value.line, value=refused.value.value)


def bomb() -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(80_000_000))
    return written.getvalue()


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"", "no_excel"),
        (b"no zip", "no_excel"),
        (bytes(sheet.LARGEST + 1), "too_large"),
        (bomb(), "too_large"),
        (excel(*[["问"]] * 2002), "too_many"),
    ],
    ids=["empty", "no zip", "large", "bomb", "many"],
)
def test_file_that_cannot_be_read_is_refused(content: bytes, name: str) -> None:
    with pytest.raises(SheetInvalid) as refused:
        sheet.opened(content)

    assert refused.value.name == name


def test_more_lines_than_are_taken_are_refused() -> None:
    with pytest.raises(SheetInvalid, match="too_many"):
        sheet.pasted("问\n" * 2002)


def test_no_cell_that_goes_out_is_a_formula() -> None:
    texts = ["=1+1", "+86", "-1", "@SUM(A1)", "\t=1", "年金", "a\x00b"]

    content = sheet.workbook("试问", ["问题"], [[text, 0.5] for text in texts])

    cells = list(load_workbook(io.BytesIO(content)).active.iter_rows(min_row=2))
    assert [row[0].value for row in cells] == ["'=1+1", "'+86", "'-1", "'@SUM(A1)", "'\t=1", "年金", "ab"]
    assert {row[0].data_type for row in cells} == {"s"}
    assert {row[1].value for row in cells} == {0.5}
