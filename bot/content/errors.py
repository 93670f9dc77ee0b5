"""Why an act on the content is not done; the words for it are in words.yml."""

from __future__ import annotations

from enum import Enum

from bot.content.model import Version
from policies_kb.difference import Difference


class Refusal(str, Enum):
    """Why a field or an act is refused."""

    NOTE_MISSING = "note_missing"
    OWN_WORK = "own_work"
    STALE = "stale"
    UNCHANGED = "unchanged"
    TIME_FORM = "time_form"
    TIME_PAST = "time_past"
    ID_FORM = "id_form"
    ID_TAKEN = "id_taken"
    NAME_FORM = "name_form"
    NAME_TAKEN = "name_taken"
    IN_USE = "in_use"
    TOO_MANY = "too_many"


class Refused(Exception):
    """An act is not done; `field` is what to mend, if it is one of the form."""

    def __init__(self, refusal: Refusal, field: str = "") -> None:
        super().__init__(refusal.value)
        self.refusal = refusal
        self.field = field


class Conflict(Exception):
    """Somebody else has saved since; `differences` are what he changed."""

    def __init__(self, latest: Version, differences: tuple[Difference, ...]) -> None:
        super().__init__(f"{latest.part}: version {latest.number} came first")
        self.latest = latest
        self.differences = differences


class PartNotFound(Exception):
    """There is no such part, or it has no such version."""
