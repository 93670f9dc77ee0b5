"""gongyou kb import and export: the database and a folder tell the same, and nothing is changed by halves."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.cli.kb_exchange import DIFFERENT
from bot.cli.root import app
from policies_kb import loader
from tests.console.workbooks import Book
from tests.factories import CONTENT, knowledge

pytestmark = pytest.mark.usefixtures("own_logging")


@pytest.fixture
def content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    known = knowledge()
    monkeypatch.setattr(loader, "load", lambda: known)
    return Path(shutil.copytree(CONTENT, tmp_path / "content", ignore=shutil.ignore_patterns("*.py", "__pycache__")))


def run(content: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["kb", *arguments], env={"DATA_DIR": str(content.parent / "data")})


def change(content: Path, file: str, old: str, new: str) -> None:
    path = content / file
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_shipped_content_goes_out_and_in_without_change(tmp_path: Path) -> None:
    content = tmp_path / "content"
    exported = run(content, "export", str(content))
    imported = run(content, "import", str(content), "--dry-run")

    assert (exported.exit_code, imported.exit_code) == (0, 0)
    assert imported.stdout == f"0 of {len(exported.stdout.splitlines())} parts differ\n"
    assert run(content, "export", str(content)).stdout == ""


def test_dry_run_shows_the_difference_by_topic_and_field_and_changes_nothing(content: Path) -> None:
    change(content, "topics/annuity.yml", "title: 企业年金", "title: 职业年金")
    change(content, "topics/annuity.yml", "value: 企业", "value: 单位")

    results = [run(content, "import", str(content), "--dry-run") for _ in range(2)]

    assert [result.exit_code for result in results] == [DIFFERENT] * 2
    assert results[1].stdout.splitlines() == [
        "topic annuity: title: 企业年金 → 职业年金",
        "topic annuity: facts.payer.value: 企业 → 单位",
        "1 of 15 parts differ",
    ]


def test_import_publishes_and_is_exported_again(content: Path) -> None:
    change(content, "topics/annuity.yml", "title: 企业年金", "title: 职业年金")
    copy = (content / "topics" / "annuity.yml").read_text("utf-8").replace("id: annuity", "id: pension")
    (content / "topics" / "pension.yml").write_text(
        copy.replace("职业年金", "养老").replace("年金谁出钱", "养老谁出钱"), encoding="utf-8"
    )

    result = run(content, "import", str(content), "--reason", "新文件")
    again = run(content, "import", str(content), "--dry-run")

    assert result.exit_code == 0
    assert "topic pension: new" in result.stdout
    assert (again.exit_code, again.stdout) == (0, "0 of 16 parts differ\n")
    assert run(content, "export", str(content)).stdout == ""


def test_what_is_not_in_the_folder_stays(content: Path) -> None:
    (content / "topics" / "closed.yml").unlink()

    result = run(content, "import", str(content), "--reason", "x")

    assert result.stdout == "topic closed: not in the folder, stays\n0 of 14 parts differ\n"


def test_import_needs_a_reason(content: Path) -> None:
    result = run(content, "import", str(content))

    assert result.exit_code == 2
    assert "audit log" in result.stderr


def test_folder_with_a_problem_changes_nothing(content: Path) -> None:
    change(content, "topics/annuity.yml", "title: 企业年金", "title: 职业年金")
    change(content, "topics/prize.yml", "contact: ", "contact: nobody")

    result = run(content, "import", str(content), "--reason", "x")

    assert result.exit_code == 1
    assert "topics/prize.yml:" in result.stdout
    assert not (content.parent / "data").exists()


def test_workbook_goes_out_and_in_without_change_and_with_one(content: Path) -> None:
    path = content.parent / "content.xlsx"
    run(content, "export", str(path))
    book = Book(path.read_bytes())
    same = run(content, "import", str(path), "--dry-run")
    book.cell("主题", "标题", "annuity").value = "职业年金"
    path.write_bytes(book.data())

    result = run(content, "import", str(path), "--reason", "新文件")

    assert same.exit_code == 0
    assert result.stdout == "topic annuity: title: 企业年金 → 职业年金\n1 of 11 parts differ\npublished\n"


def test_workbook_with_a_formula_changes_nothing(content: Path) -> None:
    path = content.parent / "content.xlsx"
    run(content, "export", str(path))
    book = Book(path.read_bytes())
    book.cell("主题", "标题", "annuity").value = "=1"
    path.write_bytes(book.data())

    result = run(content, "import", str(path), "--reason", "x")

    assert result.exit_code == 1
    assert "[ERROR] 主题!B3: 这里是公式" in result.stdout
    assert run(content, "import", str(content), "--dry-run").exit_code == 0


def test_file_that_is_no_content_is_told(content: Path) -> None:
    (content.parent / "x.txt").write_text("x")

    result = run(content, "import", str(content.parent / "x.txt"), "--reason", "x")

    assert result.exit_code == 1
    assert "只能导入" in result.stdout


def test_questions_of_a_folder_are_published_and_exported_again(content: Path) -> None:
    questions = content / "questions" / "annuity.yml"
    questions.parent.mkdir()
    text = 'version: "3.1"\nnlu:\n  - intent: ask/annuity\n    examples: |\n      - 厂里那个第二份养老钱谁掏\n'
    questions.write_text(text, encoding="utf-8")

    result = run(content, "import", str(content), "--reason", "工友这么问")

    assert "questions annuity: new" in result.stdout
    assert run(content, "export", str(content)).stdout == ""
    questions.write_text("nlu: 3", encoding="utf-8")
    assert run(content, "import", str(content), "--dry-run").exit_code == 1
