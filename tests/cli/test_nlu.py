"""gongyou nlu test and tune, with a fake in the place of the trained assistant."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml
from typer.testing import CliRunner, Result

from bot.assistant.port import Understanding
from bot.cli import nlu
from bot.cli.root import app
from bot.evaluation.cases import Case, CasesInvalid, Turn
from bot.nlu.decision import Thresholds
from tests.fakes import FakeAssistant

pytestmark = pytest.mark.usefixtures("own_logging", "shipped_at_once", "trained", "matplotlib_at_once")
# The fake takes every question for one about annuities.
CASES = (
    Case("c-1", "fact", (Turn("年金谁出钱", ("annuity",)),)),
    Case("c-2", "fact", (Turn("企业年金咋交", ("annuity",)),)),
    Case("c-3", "fact", (Turn("金牌奖多少", ("prize",)),)),
    Case("o-1", "oos", (Turn("今天下雨吗", ()),)),
)


@pytest.fixture
def questions(tmp_path: Path, assistant: FakeAssistant) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_bytes(b"\n".join(map(msgspec.json.encode, CASES)))
    for case in CASES:
        label = "oos/far" if case.kind == "oos" else "ask/annuity"
        intent, _, name = label.partition("/")
        assistant.understood[case.turns[0].say] = Understanding(intent, name, 0.9, None, ((label, 0.9),))
    return path


def run(tmp_path: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, ["nlu", *arguments], env={"DATA_DIR": str(tmp_path / "data")})


def measure(tmp_path: Path, questions: Path, *more: str) -> Result:
    return run(tmp_path, "test", str(questions), "--html", str(tmp_path / "out" / "report.html"), *more)


def test_measure_prints_the_outcomes_and_writes_the_report(tmp_path: Path, questions: Path) -> None:
    result = measure(tmp_path, questions, "--no-robustness")

    assert result.exit_code == 0
    assert "66.7" in result.stdout
    assert "wrong, of all cases: 25.0 %" in result.stdout
    assert "prize taken for annuity: 1" in result.stdout
    assert "金牌奖多少" in (tmp_path / "out" / "report.html").read_text("utf-8")


def test_robustness_needs_no_more_questions_than_there_are(tmp_path: Path, questions: Path) -> None:
    result = measure(tmp_path, questions)

    shares = {line.split()[0] for line in result.stdout.splitlines() if line.startswith("  ") and "%" in line}
    assert result.exit_code == 0
    assert shares == {"as", "homophone", "deletion", "pinyin", "dialect", "story"}


def test_each_question_is_a_conversation_of_its_own(tmp_path: Path, questions: Path, assistant: FakeAssistant) -> None:
    measure(tmp_path, questions, "--no-robustness")

    assert len({conversation for conversation, _ in assistant.asked}) == len(CASES)


@pytest.mark.parametrize(
    ("floors", "status", "fallen"),
    [
        ({"fact": 0.66, "oos": 1.0, "wrong": 0.25}, 0, []),
        ({"fact": 0.67, "oos": 1.0, "wrong": 0.25}, 1, ["fact: 66.7 %, the limit is 67.0 %"]),
        ({"fact": 0.9, "wrong": 0.2}, 1, ["fact: 66.7 %, the limit", "wrong: 25.0 %, the limit is 20.0 %"]),
        ({"noise": 0.9, "oos": 1.0}, 0, []),
    ],
)
def test_share_below_its_floor_fails(
    tmp_path: Path, questions: Path, floors: dict[str, float], status: int, fallen: list[str]
) -> None:
    path = tmp_path / "floors.yml"
    path.write_text(yaml.safe_dump(floors))

    result = measure(tmp_path, questions, "--no-robustness", "--floors", str(path))

    assert result.exit_code == status
    assert result.stderr.count("the limit is") == len(fallen)
    assert all(line in result.stderr for line in fallen)


def test_file_that_is_no_list_of_cases_is_refused(tmp_path: Path, assistant: FakeAssistant) -> None:
    (tmp_path / "bad.jsonl").write_text("{}\n")

    assert isinstance(run(tmp_path, "test", str(tmp_path / "bad.jsonl")).exception, CasesInvalid)
    assert assistant.asked == []


@pytest.mark.parametrize("write", [True, False])
def test_tune_writes_thresholds_and_diagram(
    tmp_path: Path, questions: Path, monkeypatch: pytest.MonkeyPatch, write: bool
) -> None:
    thresholds, picture = tmp_path / "thresholds.yml", tmp_path / "reliability.png"
    monkeypatch.setattr(nlu, "THRESHOLDS", thresholds)

    result = run(tmp_path, "tune", str(questions), "--picture", str(picture), "--write" if write else "--no-write")

    assert result.exit_code == 0
    assert "mean cost" in result.stdout
    assert (thresholds.exists(), picture.exists()) == (write, write)
    if write:
        written = thresholds.read_text("utf-8")
        assert written.startswith("# Chosen by")
        assert msgspec.convert(yaml.safe_load(written), Thresholds).answer > 0
