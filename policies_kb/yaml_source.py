"""Reads one YAML file, keeping the line of every value, so that a problem can name where it is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from policies_kb.base import KeyPath
from policies_kb.errors import Problem

# libyaml's loader is several times quicker; the pure one is the same where it is missing.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class YamlSource:
    """The data of one file and the line (from 1) of each key path in it."""

    path: Path
    data: Any
    lines: Mapping[KeyPath, int] = field(repr=False)

    def problem(self, where: KeyPath, what: str, remedy: str) -> Problem:
        """A problem at `where`, or at the nearest key above it that the file has."""
        known = where
        while known and known not in self.lines:
            known = known[:-1]
        return Problem(self.path, self.lines.get(known, 1), what, remedy, where)


def read(path: Path) -> tuple[YamlSource | None, tuple[Problem, ...]]:
    """Read a file; None with the problem when it is not YAML, problems beside the data for doubled keys."""
    root: yaml.Node | None = None
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        root = loader.get_single_node()
        data = loader.construct_document(root) if root is not None else None
    except UnicodeDecodeError:
        return None, (Problem(path, 1, "the file is not UTF-8", "save it as UTF-8"),)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        reason = getattr(error, "problem", None) or "the file is not YAML"
        line = mark.line + 1 if mark is not None else 1
        return None, (Problem(path, line, reason, "mend the YAML: check indentation, quotes and colons"),)
    except ValueError:
        # The loader takes 2017-02-30 for a date, and then fails to make it.
        bad = next(node for node in _scalars(root) if not _constructs(node))
        what = f"{bad.value} cannot be read as a date or number"
        return None, (Problem(path, bad.start_mark.line + 1, what, "mend the date, or put the text in quotes"),)
    lines: dict[KeyPath, int] = {}
    problems: list[Problem] = []
    if root is not None:
        _walk(path, root, (), lines, problems)
    return YamlSource(path, data, lines), tuple(problems)


def _scalars(node: yaml.Node | None) -> Iterator[yaml.ScalarNode]:
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for child in node.value:
            yield from _scalars(child)
    elif isinstance(node, yaml.MappingNode):
        for key, child in node.value:
            yield from _scalars(key)
            yield from _scalars(child)


def _constructs(node: yaml.ScalarNode) -> bool:
    try:
        yaml.SafeLoader("").construct_document(node)
    except ValueError:
        return False
    return True


def _walk(path: Path, node: yaml.Node, where: KeyPath, lines: dict[KeyPath, int], problems: list[Problem]) -> None:
    lines[where] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        for index, child in enumerate(node.value):
            _walk(path, child, (*where, index), lines, problems)
    elif isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, child in node.value:
            if key.value in seen:
                problems.append(Problem(path, key.start_mark.line + 1, f"the key {key.value} stands twice", "keep one"))
            seen.add(key.value)
            below: KeyPath = (*where, key.value)
            _walk(path, child, below, lines, problems)
            lines[below] = key.start_mark.line + 1
