"""The addresses of a room, for tests that go through all of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

Allowed = Mapping[str, set[str]]
ALL = {"admin", "editor", "agent", "reviewer"}
DRAFT = {"editor"}
APPROVE = {"admin", "reviewer"}
ADMIN = {"admin"}


@dataclass(frozen=True, slots=True)
class Table:
    """`pages` are opened and `actions` posted to by those named; `moved` pages lead on; `names` fill the places of routes.

    The last two are pages and actions for something that does not exist.
    """

    pages: Allowed
    actions: Allowed
    moved: tuple[str, ...] = ()
    names: Mapping[str, str] = field(default_factory=dict)
    missing: tuple[str, ...] = ()
    acts_on_nothing: tuple[str, ...] = ()


def together(*tables: Table) -> Table:
    """All of them as one."""
    return Table(
        pages={path: allowed for table in tables for path, allowed in table.pages.items()},
        actions={path: allowed for table in tables for path, allowed in table.actions.items()},
        moved=tuple(path for table in tables for path in table.moved),
        names={name: value for table in tables for name, value in table.names.items()},
        missing=tuple(path for table in tables for path in table.missing),
        acts_on_nothing=tuple(path for table in tables for path in table.acts_on_nothing),
    )
