"""A policy paper's text by its items."""

from __future__ import annotations

from pathlib import Path

import pytest

from policies_kb import document_text
from policies_kb.errors import DocumentUnreadable

PAPER = """标题
一、总体要求
(一)指导思想
想法之一。
(二)原则
二、措施
（一）党建
1.第一条的话，给3.5万元。
  接着说。
2、第二条的话。
(二)奖励
3．第三条的话。
三、保障
(一)工作格局
格局的话。
"""


def test_split_gives_numbered_items_and_paragraphs_of_unnumbered_parts() -> None:
    assert document_text.split(PAPER) == {
        "一(一)": "(一)指导思想\n想法之一。",
        "一(二)": "(二)原则",
        1: "1.第一条的话，给3.5万元。\n接着说。",
        2: "2、第二条的话。",
        3: "3．第三条的话。",
        "三(一)": "(一)工作格局\n格局的话。",
    }


def test_line_that_begins_with_a_decimal_is_no_item() -> None:
    assert document_text.split("1.一条\n3.5万元是奖金\n2.又一条") == {1: "1.一条\n3.5万元是奖金", 2: "2.又一条"}


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("没有编号的话", "found: none"),
        ("", "found: none"),
        ("1.一\n3.三", "found: 1, 3"),
        ("2.二", "found: 2"),
        ("1.一\n1.又一", "item 1 stands twice"),
    ],
)
def test_split_refuses_a_paper_whose_numbers_do_not_count(text: str, message: str) -> None:
    with pytest.raises(DocumentUnreadable, match=message):
        document_text.split(text)


@pytest.mark.parametrize(
    ("value", "states"),
    [("3000元", True), ("每人 3000 元", True), ("３０００元", True), ("省财政，给", True), ("5000元", False)],
)
def test_states_looks_past_width_spaces_and_punctuation(value: str, states: bool) -> None:
    assert document_text.states("由(省财政)给予每人３０００元。", value) is states


def test_saved_items_are_read_back(tmp_path: Path) -> None:
    path = tmp_path / "below" / "paper.json"
    items = document_text.split(PAPER)

    document_text.save(items, path)

    assert document_text.read(path) == items


@pytest.mark.parametrize("damaged", [b"", b"[[1, ", b"{}", b'[["a"]]', b"[[1, 2]]"])
def test_damaged_file_is_told_with_a_remedy(tmp_path: Path, damaged: bytes) -> None:
    path = tmp_path / "paper.json"
    path.write_bytes(damaged)

    with pytest.raises(DocumentUnreadable, match=r"paper\.json is damaged; import the document again"):
        document_text.read(path)
