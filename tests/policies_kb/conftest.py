"""A small content folder and training data that pass every check, for tests to break in one place."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path

import pytest

from policies_kb.errors import Problem
from tests.factories import CONTENT


@dataclass(frozen=True)
class Folder:
    """A folder of files that can be changed by exact text."""

    path: Path

    def change(self, file: str, old: str, new: str) -> None:
        """Put `new` in the place of `old`, which must stand exactly once."""
        path = self.path / file
        text = path.read_text(encoding="utf-8")
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        path.write_text(text.replace(old, new), encoding="utf-8")

    def line_of(self, file: str, text: str) -> int:
        """The number, from 1, of the first line that holds the text."""
        lines = (self.path / file).read_text(encoding="utf-8").splitlines()
        return next(number for number, line in enumerate(lines, 1) if text in line)

    def problem(self, file: str, at: str, what: str, remedy: str) -> Problem:
        """The problem that a check has to find in the line that holds `at`; line 1 where `at` is empty."""
        return Problem(self.path / file, self.line_of(file, at) if at else 1, what, remedy)


@pytest.fixture
def content(tmp_path: Path) -> Folder:
    shutil.copytree(CONTENT, tmp_path / "content")
    return Folder(tmp_path / "content")


@pytest.fixture
def nlu(tmp_path: Path) -> Folder:
    """Thirty questions for each topic, and a rule for their intent."""
    folder = tmp_path / "nlu_data"
    (folder / "nlu").mkdir(parents=True)
    (folder / "rules").mkdir()
    for topic in ("allowance", "annuity", "closed", "prize", "subsidy"):
        questions = "\n".join(f"      - {topic}的第{number}种问法" for number in range(35))
        text = f'version: "3.1"\nnlu:\n  - intent: ask/{topic}\n    examples: |\n{questions}\n'
        (folder / "nlu" / f"{topic}.yml").write_text(text, encoding="utf-8")
    rule = 'version: "3.1"\nrules:\n  - rule: one\n    steps:\n      - intent: ask\n      - action: a\n'
    (folder / "rules" / "rules.yml").write_text(rule, encoding="utf-8")
    return Folder(folder)
