"""Who may import whom: the contracts of pyproject.toml, each with its remedy in its name."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.assistant.training import ROOT

RUN = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True, no_logo=True))"


def lint(folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {"PYTHONPATH": str(folder), "COLUMNS": "300"}
    return subprocess.run(
        [sys.executable, "-c", RUN], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )


def test_rooms_import_only_what_they_may() -> None:
    run = lint(ROOT)

    assert run.returncode == 0, f"the name of a broken contract says what to do:\n{run.stdout}{run.stderr}"


@pytest.mark.parametrize(
    ("module", "line", "remedy"),
    [
        ("policies_kb/answer.py", "import aiohttp", "move what needs the web or Rasa to bot/ or actions/"),
        ("actions/chat.py", "import bot.settings", "actions speak from policies_kb through rasa_sdk only"),
        ("bot/health.py", "import rasa", "ask through bot.assistant.port"),
        ("bot/app.py", "import sqlalchemy", "add a repository to it"),
        ("bot/web/views.py", "import bot.storage.database", "go through bot.conversation"),
        ("bot/accounts/door.py", "import bot.storage.users", "through their own ports"),
        ("bot/console/guard.py", "import bot.storage.users", "through their own ports"),
        ("bot/content/drafts.py", "import bot.storage.content", "through their own ports"),
    ],
)
def test_forbidden_import_is_told_with_its_remedy(tmp_path: Path, module: str, line: str, remedy: str) -> None:
    for room in ("bot", "actions", "policies_kb"):
        for path in (ROOT / room).rglob("*.py"):
            copy = tmp_path / path.relative_to(ROOT)
            copy.parent.mkdir(parents=True, exist_ok=True)
            copy.write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pyproject.toml").write_bytes((ROOT / "pyproject.toml").read_bytes())
    with (tmp_path / module).open("a", encoding="utf-8") as file:
        file.write(f"\n{line}\n")

    run = lint(tmp_path)

    assert run.returncode == 1
    assert f"{remedy} BROKEN" in run.stdout
