"""Why a change of the hours is not done; the words for it are in words.yml."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum


class Refusal(str, Enum):
    """Why a field is refused."""

    PERIODS_FORM = "periods_form"
    PERIODS_ORDER = "periods_order"
    MINUTES = "minutes"
    DAY_FORM = "day_form"
    DAY_ORDER = "day_order"
    MANY_DAYS = "many_days"
    KIND = "kind"
    NAME = "name"
    OFF_WITH_PERIODS = "off_with_periods"
    NO_USUAL = "no_usual"
    TWICE = "twice"
    HEADER = "header"
    EMPTY = "empty"
    LARGE = "large"
    UNREADABLE = "unreadable"
    NOT_PUBLISHED = "not_published"
    TEAM_NAME = "team_name"
    TEAM_TAKEN = "team_taken"
    STALE = "stale"


@dataclass(frozen=True, slots=True)
class Problem:
    """A field and why it is refused; `row` is that of an imported file, `values` are what the words for it name."""

    field: str
    refusal: Refusal
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    row: int = 0


class Refused(Exception):
    """What was entered cannot be taken: all problems at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{one.field}: {one.refusal.value}" for one in problems))
        self.problems = problems


class TeamNotFound(Exception):
    """No team of that name has hours of its own."""
