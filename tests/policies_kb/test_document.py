"""Facts against the text of the items that they name."""

from __future__ import annotations

from policies_kb import loader
from policies_kb.checks import document
from policies_kb.document_text import ItemTexts

from .conftest import Folder

TEXTS: ItemTexts = {
    1: "年金由企业和省财政出。",
    2: "金牌10万元、银牌5万元、第一名1万元。",
    3: "参保3年以上、自2017年1月1日起取证的在职职工，1年内可以申请。",
    4: "因转产降薪50%、现在不超过5000元的技师、高级技师，给100元、200元，按降低部分的40%。",
    "三(一)": "省财政给。",
}


def test_facts_that_stand_in_their_items_pass(content: Folder) -> None:
    assert list(document.check(loader.load_with_sources(content.path), "paper", TEXTS)) == []


def test_facts_that_stand_elsewhere_or_nowhere_are_problems(content: Folder) -> None:
    loaded = loader.load_with_sources(content.path)
    texts = {**TEXTS, 2: TEXTS[2].replace("10万元", "11万元")}
    del texts["三(一)"]

    assert list(document.check(loaded, "paper", texts)) == [
        content.problem(
            "topics/prize.yml",
            "value: 10",
            "10万元 does not stand in item 2",
            "use the item's own wording, or name the item that states it",
        ),
        content.problem(
            "topics/prize.yml", "value: 省财政", "the document has no item 三(一)", "use the paper's own number"
        ),
    ]


def test_facts_of_another_document_are_left_alone(content: Folder) -> None:
    assert list(document.check(loader.load_with_sources(content.path), "another", {})) == []
