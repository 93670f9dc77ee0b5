"""What a version of a part of the content is, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from functools import cached_property
from typing import Any

from bot.accounts.audit import Actor
from policies_kb.parts import Part, decode


class State(str, Enum):
    """What has become of a version. Superseded: another draft came after it."""

    DRAFT = "draft"
    IN_REVIEW = "in_review"
    PUBLISHED = "published"
    RETIRED = "retired"
    SUPERSEDED = "superseded"


OPEN = (State.DRAFT, State.IN_REVIEW)
"""Not yet decided on; a part has at most one such version, its latest."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What somebody made of a version: returned, published or retired it."""

    by: Actor
    at: datetime
    note: str


@dataclass(frozen=True)
class Version:
    """A version of a part. Its text never changes; numbers of a part rise by one.

    It is in force from `effective_at` on, until one that is in force later. A moment to come is a scheduled publication.
    """

    part: Part
    number: int
    state: State
    text: str
    note: str
    author: Actor
    created_at: datetime
    effective_at: datetime | None = None
    decision: Decision | None = None

    @cached_property
    def value(self) -> Any:
        """The topic, document or shared file."""
        return decode(self.part, self.text)

    @property
    def open(self) -> bool:
        """Whether it has not been decided on."""
        return self.state in OPEN

    def scheduled(self, now: datetime) -> bool:
        """Whether it is published for a moment to come."""
        return self.state is State.PUBLISHED and self.effective_at is not None and self.effective_at > now


def in_force(versions: Sequence[Version], now: datetime) -> Version | None:
    """Of all versions of a part the one that is served; None also where that one was retired."""
    found = [one for one in versions if one.effective_at is not None and one.effective_at <= now]
    latest = max(found, key=_place, default=None)
    return latest if latest is not None and latest.state is State.PUBLISHED else None


def _place(version: Version) -> tuple[datetime, int]:
    assert version.effective_at is not None  # noqa: S101 - Only such are looked at.
    return version.effective_at, version.number


def contributors(versions: Sequence[Version], number: int) -> frozenset[int | None]:
    """Who wrote at a version since the one that was published before it; they cannot approve it."""
    before = max((one.number for one in versions if one.effective_at and one.number < number), default=0)
    return frozenset(one.author.id for one in versions if before < one.number <= number)
