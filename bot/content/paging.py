"""A page of a long list."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple

SIZE = 50


class Page(NamedTuple):
    """Some of the rows that were found; numbers begin with 1."""

    rows: Sequence[Any]
    number: int
    found: int
    more: bool


def paged(rows: Sequence[Any], asked: str) -> Page:
    """The page that an address asks for, the first where it asks for none."""
    number = int(asked) if asked.isascii() and asked.isdecimal() and 0 < int(asked[:6]) < 1000 else 1
    return Page(rows[(number - 1) * SIZE : number * SIZE], number, len(rows), len(rows) > number * SIZE)
