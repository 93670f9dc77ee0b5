"""What a file brings, and what is wrong with it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from bot.accounts.audit import Actor
from bot.content.exchange import PartChange
from policies_kb.parts import Part

MOST_BYTES = 4 * 1024 * 1024
"""So large a file may be."""


class Trouble(NamedTuple):
    """Something that has to be mended before anything of a file is taken; `place` is where it stands."""

    place: str
    text: str


class Unreadable(Exception):
    """A file is not what it should be; the message is a key of the words."""


@dataclass(frozen=True, slots=True)
class Given:
    """The parts that a file holds, as far as they have a shape."""

    parts: Mapping[Part, Any]
    troubles: tuple[Trouble, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """What taking a file would do; with a trouble it is not taken. `number` is by what it can be."""

    name: str
    changes: Sequence[PartChange]
    troubles: Sequence[Trouble]
    number: int | None = None


class Draft(NamedTuple):
    """A version to be saved on top of the one that was seen; 0 is a part that has none."""

    part: Part
    seen: int
    text: str


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that was looked at and can be taken, by who sent it."""

    by: Actor
    at: datetime
    name: str
    drafts: tuple[Draft, ...]
