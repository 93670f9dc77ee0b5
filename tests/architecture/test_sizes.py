"""Modules and functions stay small, and every module says what it is for."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant.training import ROOT

LONGEST_MODULE, LONGEST_FUNCTION, MOST_EXEMPTIONS = 300, 40, 5
EXEMPT: dict[str, str] = {}
"""Path or path::function, with the reason why it may be longer."""

MODULES = sorted(path for room in ("bot", "actions", "policies_kb", "tests") for path in (ROOT / room).rglob("*.py"))


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(tree: ast.Module) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node.name, (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_module_is_small_and_documented(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    tree = ast.parse(text)
    long = {
        f"{name_of(path)}::{name}": lines
        for name, lines in functions(tree)
        if lines > LONGEST_FUNCTION and f"{name_of(path)}::{name}" not in EXEMPT
    }

    assert ast.get_docstring(tree), "begin the module with one line that says what it is for"
    assert len(text.splitlines()) <= LONGEST_MODULE or name_of(path) in EXEMPT, "split the module by subject"
    assert long == {}, f"take steps of more than {LONGEST_FUNCTION} lines apart into functions with names"


def test_modules_are_found() -> None:
    assert {"bot/app.py", "actions/edge.py", "policies_kb/model.py"} <= set(map(name_of, MODULES))


def test_exemptions_are_few_and_needed() -> None:
    assert len(EXEMPT) <= MOST_EXEMPTIONS
    assert all((ROOT / entry.partition("::")[0]).is_file() for entry in EXEMPT)
