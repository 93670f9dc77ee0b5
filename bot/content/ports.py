"""What the content's services need of the storage."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry
from bot.content.model import Decision, State, Version
from bot.content.timeline import Timeline
from policies_kb.parts import Part, PartKind


@dataclass(frozen=True, slots=True)
class Change:
    """What becomes of a version that is in the state `before`; otherwise nothing does."""

    part: Part
    number: int
    before: State
    after: State
    decision: Decision | None = None
    effective_at: datetime | None = None


class Timelines(Protocol):
    """Where a process learns what is published."""

    async def counter(self) -> int | None:
        """A number that rises with every change of what is published; None before the content was put in."""

    async def timeline(self, moment: datetime) -> Timeline:
        """What is in force at a moment, and what will be."""


class Contents(Timelines, Protocol):
    """Where the versions are kept.

    Whatever changes what is published is given the counter that it was checked with, and is not done, returning False,
    when another change came first.
    """

    async def seed(self, texts: Mapping[Part, str], entry: Entry) -> bool:
        """Put the first content in, published at the entry's time; False when another process does or did."""

    async def versions(self, part: Part) -> list[Version]:
        """All versions of a part, the latest first."""

    async def latest(self, kind: PartKind) -> list[Version]:
        """Of all parts of a kind the latest version that was not given up."""

    async def numbers(self) -> Mapping[Part, int]:
        """The latest version's number of every part."""

    async def pending(self, moment: datetime) -> list[Version]:
        """Of all parts what is open, retired, or published for later."""

    async def add(self, versions: Sequence[Version], entries: Sequence[Entry], counter: int | None = None) -> bool:
        """Add the next version of parts; their drafts before are superseded. False when a number is not the next."""

    async def change(self, change: Change, entry: Entry, counter: int | None = None) -> bool:
        """Change what has become of a version; False when it is not in the state before."""
