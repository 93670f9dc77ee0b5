"""What an import would change, part by part and field by field."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

from policies_kb.difference import Difference, differences
from policies_kb.parts import Part, plain


class PartChange(NamedTuple):
    """A part that differs from what is published; before a new one there is nothing."""

    part: Part
    before: Any
    value: Any
    differences: tuple[Difference, ...]

    @property
    def new(self) -> bool:
        """Whether it is not published so far."""
        return self.before is None


def compare(published: Mapping[Part, Any], given: Mapping[Part, Any]) -> list[PartChange]:
    """Every part that is given and differs from what is published."""
    found = []
    for part, value in sorted(given.items(), key=lambda pair: pair[0]):
        before = published.get(part)
        if before != value:
            changed = tuple(differences(plain(before), plain(value))) if before is not None else ()
            found.append(PartChange(part, before, value, changed))
    return found


def left_out(published: Mapping[Part, Any], given: Mapping[Part, Any]) -> list[Part]:
    """What is published and not given; an import leaves it as it is."""
    return sorted(set(published) - set(given))
