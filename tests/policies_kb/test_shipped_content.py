"""The shipped content against the paper itself and against what it is trained with."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from bot.assistant.training import NLU_DATA, ROOT
from policies_kb import document_text, loader
from policies_kb.base import ItemNumber
from policies_kb.checks import document, questions
from policies_kb.errors import Problem
from policies_kb.loader import LoadedContent

PAPER = ROOT.parent / "shared" / "policy" / "heilongjiang-2017.txt"
DOCUMENT = "heilongjiang-2017"


@pytest.fixture(scope="module")
def content() -> LoadedContent:
    return loader.load_with_sources()


@pytest.fixture(scope="module")
def items() -> Mapping[ItemNumber, str]:
    if not PAPER.is_file():
        pytest.skip(f"the paper is not shipped with the project: put it at {PAPER}")
    return document_text.split(PAPER.read_text(encoding="utf-8"))


def told(problems: Iterable[Problem]) -> str:
    return "\n".join(map(str, problems))


def test_every_topic_has_questions_and_a_rule(content: LoadedContent) -> None:
    assert told(questions.check(content, NLU_DATA)) == ""


def test_paper_splits_into_its_29_items_and_the_unnumbered_parts(
    content: LoadedContent, items: Mapping[ItemNumber, str]
) -> None:
    assert [number for number in items if isinstance(number, int)] == list(range(1, 30))
    assert {"三(一)", "三(二)", "三(三)", "三(四)"} <= set(items)
    assert {item.number for item in content.knowledge.documents[DOCUMENT].items} == set(items)


def test_every_fact_stands_in_its_item(content: LoadedContent, items: Mapping[ItemNumber, str]) -> None:
    assert told(document.check(content, DOCUMENT, items)) == ""


def test_every_topic_rests_on_the_paper(content: LoadedContent) -> None:
    assert {ref.document for topic in content.knowledge.topics.values() for ref in topic.sources} == {DOCUMENT}


def test_data_files_open_with_a_comment() -> None:
    bare = [path.name for path in Path(loader.CONTENT).rglob("*.yml") if not path.read_text("utf-8").startswith("#")]

    assert bare == []
