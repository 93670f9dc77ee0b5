"""What all content types have in common."""

from __future__ import annotations

import msgspec

ItemNumber = int | str
"""A numbered item (9), or a numbered paragraph of an unnumbered part ("三(一)")."""


KeyPath = tuple[str | int, ...]
"""Where a value is within a topic or another part of the content, such as ("facts", 0, "item")."""


class Content(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Base of all content types: immutable, and an unknown key is an error."""
