"""Where content comes from: a file with lines, or a part of the database with fields; checks name the place."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from policies_kb.base import KeyPath
from policies_kb.errors import Problem


class Source(Protocol):
    """What a check needs to say where a problem is."""

    def problem(self, where: KeyPath, what: str, remedy: str) -> Problem:
        """A problem at `where`."""


class DataSource(Source, Protocol):
    """A source whose data has still to be brought into shape."""

    @property
    def data(self) -> Any:
        """Plain data, as YAML gives it."""


@dataclass(frozen=True, slots=True)
class NamedSource:
    """Content that stands in no file: `name` is what people know it by."""

    name: str
    data: Any = None

    def problem(self, where: KeyPath, what: str, remedy: str) -> Problem:
        """A problem of the field at `where`."""
        return Problem(Path(self.name), 0, what, remedy, where)
