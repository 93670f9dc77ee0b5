"""Checks plain data against a content type and reports every mismatch, not only the first."""

from __future__ import annotations

import types
import typing
from collections.abc import Iterator
from datetime import date
from typing import Any, TypeVar

import msgspec

from policies_kb.base import KeyPath
from policies_kb.errors import Problem
from policies_kb.source import DataSource, Source

T = TypeVar("T")


def convert(source: DataSource, kind: type[T]) -> tuple[T | None, tuple[Problem, ...]]:
    """The source's data as `kind`; None and every problem when it does not fit."""
    problems = tuple(_mismatches(source, (), source.data, kind))
    if problems:
        return None, problems
    return msgspec.convert(source.data, kind, builtin_types=(date,)), ()


def _mismatches(source: Source, where: KeyPath, data: Any, kind: Any) -> Iterator[Problem]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct) and isinstance(data, dict):
        yield from _struct_mismatches(source, where, data, kind)
        return
    item = _item_type(kind)
    if item is not None and isinstance(data, list):
        for index, value in enumerate(data):
            yield from _mismatches(source, (*where, index), value, item)
        return
    if item is not None and isinstance(data, dict):
        for key, value in data.items():
            if not isinstance(key, str):
                yield source.problem((*where, str(key)), f"the key {key} is not text", "put it in quotes")
            yield from _mismatches(source, (*where, key), value, item)
        return
    try:
        msgspec.convert(data, kind, builtin_types=(date,))
    except msgspec.ValidationError as error:
        yield source.problem(where, f"{_name(where)}: {error}", "give a value of that type")


def _struct_mismatches(
    source: Source, where: KeyPath, data: dict[str, Any], kind: type[msgspec.Struct]
) -> Iterator[Problem]:
    fields = {field.name: field for field in msgspec.structs.fields(kind)}
    for key, value in data.items():
        if key in fields:
            yield from _mismatches(source, (*where, key), value, fields[key].type)
        else:
            yield source.problem(
                (*where, str(key)), f"the key {key} is not known here", f"use one of {', '.join(fields)}"
            )
    for name, field in fields.items():
        if field.required and name not in data:
            yield source.problem(where, f"the key {name} is missing in {_name(where)}", f"add {name}: …")


def _item_type(kind: Any) -> Any:
    """What a homogeneous container of content types holds, so that each item is checked on its own."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin is tuple:
        held = arguments[0]
    elif origin is dict or (isinstance(origin, type) and origin.__name__ == "Mapping"):
        held = arguments[1]
    else:
        return None
    if isinstance(held, types.UnionType):
        return None
    return held if isinstance(held, type) and issubclass(held, msgspec.Struct) else None


def _name(where: KeyPath) -> str:
    return ".".join(str(part) for part in where) or "the file"
