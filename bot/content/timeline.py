"""What is in force at a moment: the one function that every process serves by and every publication is checked with."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from policies_kb import assembly
from policies_kb.model import KnowledgeBase
from policies_kb.parts import Part, decode


@dataclass(frozen=True, slots=True)
class Standing:
    """A version that was published; retired ones take their part out of the content."""

    part: Part
    number: int
    effective_at: datetime
    text: str
    retired: bool = False


@dataclass(frozen=True, slots=True)
class Timeline:
    """What is in force, and what will be; `counter` tells one state of the published content from the next."""

    counter: int
    standings: tuple[Standing, ...]

    def at(self, moment: datetime) -> Mapping[Part, Standing]:
        """For each part the version in force."""
        found: dict[Part, Standing] = {}
        for one in sorted(self.standings, key=lambda one: (one.effective_at, one.number)):
            if one.effective_at <= moment:
                found[one.part] = one
        return {part: one for part, one in found.items() if not one.retired}

    def changes_after(self, moment: datetime) -> list[datetime]:
        """When the content changes by itself."""
        return sorted({one.effective_at for one in self.standings if one.effective_at > moment})

    def with_standing(self, *changed: Standing) -> Timeline:
        """The timeline as it would be; a version that is in it already is replaced."""
        names = {(one.part, one.number) for one in changed}
        kept = (one for one in self.standings if (one.part, one.number) not in names)
        return replace(self, standings=(*kept, *changed))

    def without(self, part: Part, number: int) -> Timeline:
        """The timeline as it would be without a version."""
        kept = tuple(one for one in self.standings if (one.part, one.number) != (part, number))
        return replace(self, standings=kept)


def values_at(timeline: Timeline, moment: datetime) -> dict[Part, Any]:
    """The parts in force; raises msgspec.DecodeError where one has a shape that this program does not know."""
    return {part: decode(part, one.text) for part, one in timeline.at(moment).items()}


def knowledge_at(timeline: Timeline, moment: datetime) -> KnowledgeBase:
    """The published content of a moment; raises ContentInvalid with everything that is wrong with it."""
    return assembly.checked(values_at(timeline, moment))


def check_from(timeline: Timeline, moment: datetime) -> None:
    """Raise ContentInvalid when the content is broken at a moment, or will be at a change that is to come."""
    for one in (moment, *timeline.changes_after(moment)):
        knowledge_at(timeline, one)
