"""Workbooks: no cell that goes out is a formula, what comes in is bounded, and a text comes back as it was."""

from __future__ import annotations

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from bot import sheets
from bot.sheets import Sheet, TooLarge, TooManyRows, Unreadable

MOST = 1_000_000


def one(*rows: list[str]) -> bytes:
    return sheets.written([Sheet("x", ["题"], rows, [9])])


@pytest.mark.parametrize("text", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@x", "\t=1", "'=1"])
def test_what_looks_like_a_formula_goes_out_as_guarded_text(text: str) -> None:
    cell = load_workbook(io.BytesIO(one([text])))["x"]["A2"]

    assert (cell.data_type, cell.value) == ("s", f"'{text}")


@given(st.lists(st.text(st.characters(exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff")), max_size=5))
def test_texts_come_back_as_they_were(texts: list[str]) -> None:
    (_, rows), *_ = sheets.read(one(*[["x", text] for text in texts]), MOST, 100, 2)

    assert [row[1].text for row in rows[1:]] == texts


def test_formula_of_a_file_is_named() -> None:
    book, file = Workbook(), io.BytesIO()
    book.worksheets[0].append(["=1+1", 3.0, None, True, "#N/A"])
    book.save(file)

    (_, (row,)), *_ = sheets.read(file.getvalue(), MOST, 10, 6)

    assert [(cell.text, cell.wrong) for cell in row] == [
        ("=1+1", "formula"),
        ("3", ""),
        ("", ""),
        ("True", ""),
        ("#N/A", "error"),
        ("", ""),
    ]


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x03\x04", one(["x"])[:-30]])
def test_other_files_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable):
        sheets.read(data, MOST, 10, 3)


def test_file_that_is_or_unpacks_too_large_is_refused() -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", bytes(17 * MOST))

    for data in (file.getvalue(), bytes(MOST + 1)):
        with pytest.raises(TooLarge):
            sheets.read(data, MOST, 10, 3)


def test_rows_are_counted_also_where_they_are_empty() -> None:
    assert len(sheets.read(one(["x"], ["y"]), MOST, 3, 1)[0][1]) == 3
    for rows in ([["x"]] * 3, [[""]] * 3):
        with pytest.raises(TooManyRows):
            sheets.read(one(*rows), MOST, 3, 1)
