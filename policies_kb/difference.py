"""What two versions of a part differ in, field by field; rows with a name are compared with the row of that name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from policies_kb.base import KeyPath

_NAMES = ("name", "number")
"""By these keys a row is known, wherever it stands."""


class Difference(NamedTuple):
    """One value that differs; None is nothing."""

    where: KeyPath
    before: Any
    after: Any

    def __str__(self) -> str:
        return f"{'.'.join(map(str, self.where)) or 'all'}: {_told(self.before)} → {_told(self.after)}"


def differences(before: Any, after: Any, where: KeyPath = ()) -> Iterator[Difference]:
    """What differs between two plain values, in the order of the fields."""
    if before == after and type(before) is type(after):
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        for key in dict.fromkeys((*before, *after)):
            yield from differences(before.get(key), after.get(key), (*where, key))
        if list(before) != list(after) and dict(before) == dict(after):
            yield Difference(where, list(before), list(after))
        return
    name = _name(before, after)
    if name is None:
        yield Difference(where, before, after)
        return
    rows = [{row[name]: row for row in side} for side in (before, after)]
    for key in dict.fromkeys((*rows[0], *rows[1])):
        yield from differences(rows[0].get(key), rows[1].get(key), (*where, key))
    common = [[key for key in side if key in rows[0] and key in rows[1]] for side in rows]
    if common[0] != common[1]:
        yield Difference(where, common[0], common[1])


def _name(before: Any, after: Any) -> str | None:
    """The key by which the rows of both are told apart; None where they are not all different."""
    sides = (before, after)
    if not all(isinstance(side, Sequence) and not isinstance(side, str) and side for side in sides):
        return None
    for name in _NAMES:
        if all(isinstance(row, Mapping) and name in row for side in sides for row in side) and all(
            len({row[name] for row in side}) == len(side) for side in sides
        ):
            return name
    return None


def _told(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_told(held)}" for key, held in value.items()) + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(map(_told, value)) + "]"
    return "—" if value is None else str(value).replace("\n", "⏎")
