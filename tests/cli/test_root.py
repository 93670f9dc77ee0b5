"""gongyou serve, train and ask; training and the trained assistant are faked, the rest is real."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot import cli
from bot.assistant.training import TrainingFailed
from bot.cli.root import app
from bot.evaluation.cases import CasesInvalid
from bot.settings import SettingsInvalid
from policies_kb.errors import ContentInvalid
from tests.fakes import FakeAssistant

pytestmark = pytest.mark.usefixtures("own_logging", "shipped_at_once")


def run(tmp_path: Path, *arguments: str, **environment: str) -> Result:
    return CliRunner().invoke(app, arguments, env={"DATA_DIR": str(tmp_path), **environment})


def test_train_tells_its_stages_and_prints_the_model(tmp_path: Path, trained: list[Path]) -> None:
    result = run(tmp_path, "train")

    assert result.exit_code == 0
    assert result.stdout == f"{trained[0]}\n"
    assert "loading Rasa …" in result.stderr


def test_train_again_only_when_forced(tmp_path: Path, trained: list[Path]) -> None:
    results = [run(tmp_path, *arguments) for arguments in (["train"], ["train"], ["train", "--force"])]

    assert [result.exit_code for result in results] == [0, 0, 0]
    assert results[1].stdout == f"{trained[0]} is up to date\n"
    assert len(trained) == 2


def test_ask_prints_the_answer_and_its_choices(tmp_path: Path, trained: list[Path], assistant: FakeAssistant) -> None:
    result = run(tmp_path, "ask", "[年金]谁出")

    assert result.exit_code == 0
    assert result.stdout == "1 [年金]谁出\n依据:《小文件》第1条\n1. 下一个\n"


def test_each_ask_is_a_conversation_of_its_own(tmp_path: Path, trained: list[Path], assistant: FakeAssistant) -> None:
    for _ in range(2):
        run(tmp_path, "ask", "年金")

    assert len({conversation for conversation, _ in assistant.asked}) == 2
    assert len(trained) == 1


def test_training_that_leaves_no_model_is_told_plainly(
    tmp_path: Path, trained: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: None)

    assert isinstance(run(tmp_path, "ask", "年金").exception, TrainingFailed)


def test_ask_of_a_failing_assistant_is_an_honest_word(
    tmp_path: Path, trained: list[Path], assistant: FakeAssistant
) -> None:
    assistant.error = RuntimeError("gone")

    result = run(tmp_path, "ask", "年金")

    assert result.exit_code == 0
    assert "12351" in result.stdout


@pytest.mark.parametrize(
    ("environment", "problem"),
    [
        ({}, "WECHAT_TOKEN is not set"),
        ({"WECHAT_TOKEN": "gongyou-demo", "HOST": "0.0.0.0"}, "the demonstration token is public"),
        ({"WECHAT_TOKEN": "token", "PORT": "http"}, "PORT is 'http'"),
    ],
)
def test_serve_refuses_settings_that_are_not_safe(
    tmp_path: Path, trained: list[Path], environment: dict[str, str], problem: str
) -> None:
    result = run(tmp_path, "serve", **environment)

    assert isinstance(result.exception, SettingsInvalid)
    assert problem in str(result.exception)
    assert trained == []


def test_serve_refuses_several_workers_on_sqlite(tmp_path: Path, trained: list[Path]) -> None:
    result = run(tmp_path, "serve", "--workers", "2", WECHAT_TOKEN="token")

    assert isinstance(result.exception, SettingsInvalid)
    assert "2 workers need a database with more than one writer" in str(result.exception)
    assert trained == []


@pytest.mark.parametrize(
    "arguments", [["--help"], ["kb", "--help"], ["menu", "--help"], ["nlu", "--help"], ["user", "--help"]]
)
def test_help_is_there(tmp_path: Path, arguments: list[str]) -> None:
    assert run(tmp_path, *arguments).exit_code == 0


@pytest.mark.parametrize(
    "error",
    [
        SettingsInvalid("mend [it]"),
        ContentInvalid(()),
        TrainingFailed("mend [it]"),
        CasesInvalid("mend [it]"),
        OSError("mend [it]"),
    ],
)
def test_error_that_a_person_can_mend_is_told_plainly(
    error: Exception, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken() -> None:
        raise error

    monkeypatch.setattr(cli, "app", broken)

    with pytest.raises(SystemExit) as ended:
        cli.main()

    assert ended.value.code == 2
    assert capsys.readouterr().err == f"{error}\n"
