"""The {names} in approved wording, which keep every figure in one place."""

from __future__ import annotations

import re
from collections.abc import Mapping

PLACEHOLDER = re.compile(r"\{([a-z][a-z0-9_]*)\}")


def names(text: str) -> tuple[str, ...]:
    """The placeholders of a text in their order."""
    return tuple(PLACEHOLDER.findall(text))


def fill(text: str, values: Mapping[str, object]) -> str:
    """The text with each {name} replaced by str(values[name]); KeyError for a name that has no value."""
    return PLACEHOLDER.sub(lambda match: str(values[match.group(1)]), text)


def without(text: str) -> str:
    """The text with its placeholders taken out."""
    return PLACEHOLDER.sub("", text)
