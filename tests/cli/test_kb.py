"""gongyou kb …"""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.root import app
from policies_kb import document_text, loader
from policies_kb.errors import DocumentUnreadable
from tests.factories import CONTENT, knowledge

PAPER = (
    "1.年金由企业和省财政出。\n2.金牌10万元、银牌5万元、第一名1万元。\n"
    "3.参保3年以上、自2017年1月1日起取证的在职职工，1年内可以申请。\n"
    "4.因转产降薪50%、现在不超过5000元的技师、高级技师，给100元、200元，按降低部分的40%。\n"
    "三、保障\n(一)格局\n省财政给。\n"
)


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    known = knowledge()  # Read before the loader is replaced: it is what reads it.
    monkeypatch.setattr(loader, "load", lambda: known)
    shutil.copytree(CONTENT, tmp_path / "content")
    for topic in ("allowance", "annuity", "closed", "prize", "subsidy"):
        write_questions(tmp_path, topic, 35)
    rules = tmp_path / "nlu_data" / "rules"
    rules.mkdir()
    (rules / "rules.yml").write_text("rules:\n  - steps:\n      - intent: ask\n")
    return tmp_path / "content"


def write_questions(folder: Path, topic: str, number: int) -> None:
    nlu = folder / "nlu_data" / "nlu"
    nlu.mkdir(parents=True, exist_ok=True)
    lines = "".join(f"      - {topic}{n}\n" for n in range(number))
    (nlu / f"{topic}.yml").write_text(f"nlu:\n  - intent: ask/{topic}\n    examples: |\n{lines}", encoding="utf-8")


def run(content: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["kb", *arguments], env={"DATA_DIR": str(content.parent / "data")})


def check(content: Path) -> Result:
    return run(content, "check", "--content", str(content), "--nlu", str(content.parent / "nlu_data"))


def test_good_content_is_counted(content: Path) -> None:
    result = check(content)

    assert result.exit_code == 0
    assert result.stdout.splitlines() == [
        "5 topics, 17 facts, 175 questions: no problem found",
        "Facts were not compared with a document's text: import it with `gongyou kb import-document`.",
    ]


def test_problems_of_content_and_questions_fail_with_place_and_remedy(content: Path) -> None:
    topic = content / "topics" / "annuity.yml"
    topic.write_text(topic.read_text("utf-8").replace("contact: social_security", "contact: nobody"), encoding="utf-8")
    write_questions(content.parent, "prize", 34)

    result = check(content)

    assert result.exit_code == 1
    assert result.stdout.splitlines() == [
        f"[ERROR] {topic}:15: the contact nobody does not exist; use one of union, social_security",
        (
            f"[ERROR] {content}/topics/prize.yml:2: 34 training questions for ask/prize, 35 are needed; "
            "write them in nlu_data/nlu/topics/prize.yml"
        ),
    ]
    assert "2 problems" in result.stderr


def test_content_of_another_shape_fails(content: Path) -> None:
    (content / "menu.yml").unlink()

    result = check(content)

    assert result.exit_code == 1
    assert f"[ERROR] {content}/menu.yml:1: the file is missing; restore it" in result.stdout


def import_paper(content: Path, text: str | bytes, document_id: str = "paper") -> Result:
    path = content.parent / "paper.txt"
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return run(content, "import-document", str(path), "--id", document_id)


def test_imported_paper_is_kept_and_then_compared(content: Path) -> None:
    result = import_paper(content, PAPER)

    kept = content.parent / "data" / "documents" / "paper.json"
    assert result.exit_code == 0
    assert result.stdout == f"4 numbered items and 1 other paragraphs kept in {kept}\n"
    assert set(document_text.read(kept)) == {1, 2, 3, 4, "三(一)"}
    assert check(content).stdout == "5 topics, 17 facts, 175 questions: no problem found\n"


def test_fact_that_the_imported_paper_does_not_state_fails(content: Path) -> None:
    import_paper(content, PAPER.replace("银牌5万元", "银牌6万元"))

    result = check(content)

    assert result.exit_code == 1
    assert "prize.yml:21: 5万元 does not stand in item 2; use the item's own wording" in result.stdout


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("没有编号", "found: none"),
        ("1.一\n3.三", "found: 1, 3"),
        (PAPER.encode("gbk"), "is not UTF-8; save it as UTF-8 text"),
    ],
)
def test_paper_that_cannot_be_split_is_refused(content: Path, text: str | bytes, problem: str) -> None:
    result = import_paper(content, text)

    assert isinstance(result.exception, DocumentUnreadable)
    assert problem in str(result.exception)
    assert not (content.parent / "data").exists()


def test_paper_that_the_content_does_not_name_is_refused(content: Path) -> None:
    result = import_paper(content, PAPER, "another")

    assert isinstance(result.exception, DocumentUnreadable)
    assert str(result.exception) == "no document has the id another; use one of paper"
    assert not (content.parent / "data").exists()


def test_paper_that_does_not_exist_is_refused(content: Path) -> None:
    result = run(content, "import-document", str(content / "none.txt"))

    assert result.exit_code == 2
    assert "does not exist" in result.stderr
