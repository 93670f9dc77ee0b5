"""Writes parts of the content as YAML files in the style of the shipped ones, byte for byte the same every time."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from policies_kb import question_file, yaml_source
from policies_kb.parts import FOLDERS, Part, PartKind, plain

_LONGEST_FLOW = 100
_ORDER = (
    "id title question audience answer hotline facts conditions outcome steps materials contact notices related sources "
    "valid_from valid_to successor review_by owner"
).split()
"""The keys of a topic as people read it: what is said, then on what it rests, then its dates."""


class _Dumper(yaml.SafeDumper):
    """Indents lists, quotes with double quotes, and writes short lists in one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        super().increase_indent(flow, indentless=False)

    def choose_scalar_style(self) -> Any:
        style = super().choose_scalar_style()
        return '"' if style == "'" else style

    def ignore_aliases(self, data: Any) -> bool:
        return True


class _Line(dict[str, Any]):
    """A mapping that stands in one line."""


class _Text(str):
    """A text that begins on a line of its own."""

    __slots__ = ()


def _list(dumper: _Dumper, data: list[Any]) -> yaml.Node:
    short = all(isinstance(one, str | int) for one in data) and len(", ".join(map(str, data))) <= _LONGEST_FLOW
    return dumper.represent_sequence("tag:yaml.org,2002:seq", data, flow_style=short)


def _line(dumper: _Dumper, data: _Line) -> yaml.Node:
    return dumper.represent_mapping("tag:yaml.org,2002:map", data, flow_style=True)


def _text(dumper: _Dumper, data: _Text) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(data), style="|")


_Dumper.add_representer(list, _list)
_Dumper.add_representer(_Line, _line)
_Dumper.add_representer(_Text, _text)


def write(part: Part, value: Any, heading: str = "") -> str:
    """The text of a part's file; `heading` are the comments that it begins with."""
    data = _data(part, value)
    if part.kind is PartKind.TOPIC:
        data = {key: data[key] for key in _ORDER if key in data}
        data["answer"] = _Text(data["answer"])
        data["facts"] = [_with_line(fact, "when") for fact in data["facts"]]
    elif part.key in ("near_scope", "menu"):
        data = _short_lines(data)
    body = yaml.dump(_multiline(data), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=2**20)
    return (heading or _heading(part, data)) + body


def export(parts: Mapping[Part, Any], folder: Path) -> list[Path]:
    """Write every part whose file says something else, or is not there; what was written is returned.

    Comments at the head of a file stay. Topics, questions and documents of the folder that are no longer part of the content go.
    """
    written = []
    for part, value in sorted(parts.items(), key=lambda pair: pair[0]):
        path = folder / part.file
        source = yaml_source.read(path)[0] if path.is_file() else None
        if source is not None and source.data == _data(part, value):
            continue
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(write(part, value, _comments(path)), encoding="utf-8")
        written.append(path)
    kept = {folder / part.file for part in parts}
    for path in [path for kind in FOLDERS.values() for path in (folder / kind).glob("*.yml")]:
        if path not in kept:
            path.unlink()
            written.append(path)
    return written


def _data(part: Part, value: Any) -> Any:
    return question_file.data_of(part.key, value) if part.kind is PartKind.QUESTIONS else plain(value)


def _comments(path: Path) -> str:
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True) if path.is_file() else []
    end = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
    return "".join(lines[:end])


def _heading(part: Part, data: Any) -> str:
    return f"# {data['title']}. Asked like: {data['question']}\n" if part.kind is PartKind.TOPIC else ""


def _with_line(row: dict[str, Any], key: str) -> dict[str, Any]:
    return {**row, key: _Line(row[key])} if key in row else row


def _short_lines(data: Any) -> Any:
    if isinstance(data, dict):
        if not any(isinstance(held, dict) or (held and _rows(held)) for held in data.values()):
            return _Line(data)
        return {key: _short_lines(held) for key, held in data.items()}
    return [_short_lines(one) for one in data] if isinstance(data, list) else data


def _rows(value: Any) -> bool:
    return isinstance(value, list) and isinstance(value[0], dict)


def _multiline(data: Any) -> Any:
    if isinstance(data, dict):
        return type(data)((key, _multiline(held)) for key, held in data.items())
    if isinstance(data, list):
        return [_multiline(one) for one in data]
    return _Text(data) if isinstance(data, str) and "\n" in data else data
