"""gongyou model: what is stored, and which is in service."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.assistant import training
from bot.cli.root import app

pytestmark = pytest.mark.usefixtures("own_logging")


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine whose training makes a file at once, named after the data, which `DATA` below stands for."""
    monkeypatch.setattr(training, "train", lambda models, progress, questions: trained(models))
    monkeypatch.setattr(training, "code_digest", lambda: "code")
    return tmp_path


def trained(models: Path) -> Path:
    path = training.path_of(models, training.digest())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"0" * 2_000_000)
    return path


def run(machine: Path, data: str, *arguments: str) -> Result:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(training, "digest", lambda: data)
        return CliRunner().invoke(app, arguments, env={"DATA_DIR": str(machine)})


def listed(machine: Path) -> list[str]:
    return [line[:4] for line in run(machine, "aa", "model", "list").stdout.splitlines()]


def test_train_puts_into_service_also_what_is_up_to_date(machine: Path) -> None:
    for data in ("aa", "bb"):
        assert run(machine, data, "train").exit_code == 0
    assert listed(machine) == ["* bb", "  aa"]

    run(machine, "aa", "train")

    assert listed(machine) == ["  bb", "* aa"]


def test_train_can_leave_the_service_alone(machine: Path) -> None:
    run(machine, "aa", "train")
    run(machine, "bb", "train", "--no-use")

    assert listed(machine) == ["* aa"]


def test_use_takes_the_beginning_of_a_name(machine: Path) -> None:
    for data in ("aa", "bb"):
        run(machine, data, "train")

    result = run(machine, "bb", "model", "use", "a")

    assert result.stdout == "aa is in service\n"
    assert listed(machine) == ["  bb", "* aa"]


@pytest.mark.parametrize("name", ["", "c"])
def test_use_refuses_what_is_not_one_model(machine: Path, name: str) -> None:
    for data in ("aa", "bb"):
        run(machine, data, "train")

    result = run(machine, "bb", "model", "use", name)

    assert result.exit_code == 1
    assert "see `gongyou model list`" in result.stderr


def test_model_of_other_code_is_marked_and_not_used(machine: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(machine, "aa", "train")
    monkeypatch.setattr(training, "code_digest", lambda: "newer")

    assert listed(machine) == ["! aa"]
    assert run(machine, "aa", "model", "use", "aa").exit_code == 1


def test_list_tells_the_size(machine: Path) -> None:
    run(machine, "aa", "train")

    assert run(machine, "aa", "model", "list").stdout.strip().endswith("2.0 MB")
