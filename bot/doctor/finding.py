"""What a check has found."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum


class State(str, Enum):
    """How it is: `off` is not set up and need not be."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at and how it is.

    `what` names the sentences of words.yml that tell it and how to mend it; `values` are filled in. Never a secret.
    """

    name: str
    state: State
    what: str
    values: Mapping[str, object] = field(default_factory=dict)
