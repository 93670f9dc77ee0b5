"""What a check has found."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum


class State(str, Enum):
    """How it is: `off` is not set up and need not be."""

    OK = "ok"
    WARNING = "warning"
    BAD = "bad"
    OFF = "off"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that was looked at, how it is, and how to mend it where it is not well. Never a secret."""

    name: str
    state: State
    told: str
    mend: str = ""
