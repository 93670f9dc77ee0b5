"""Test questions: conversations of one or more turns and the topics that are right answers."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec


class Turn(msgspec.Struct, frozen=True):
    """What a worker types, and the topics (ids) of which any is a right answer; none where no topic is."""

    say: str
    topics: tuple[str, ...] = ()


class Case(msgspec.Struct, frozen=True):
    """A conversation; `kind` is fact, noise, followup, eligibility, oos, handoff or smalltalk."""

    id: str
    kind: str
    turns: tuple[Turn, ...]


class CasesInvalid(Exception):
    """A file of cases cannot be read; the message names the line."""


def read(paths: Iterable[Path]) -> list[Case]:
    """The cases of JSON Lines files; raises CasesInvalid."""
    return [
        _case(line, f"{path}:{number}")
        for path in paths
        for number, line in enumerate(path.read_bytes().splitlines(), 1)
    ]


def _case(line: bytes, place: str) -> Case:
    try:
        return msgspec.json.decode(line, type=Case)
    except msgspec.DecodeError as error:
        raise CasesInvalid(f"{place}: {error}; give one JSON object a line") from error
