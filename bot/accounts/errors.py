"""What can be wrong with what a person entered; the words for it are in words.yml."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import Enum


class Reason(str, Enum):
    """Why a field is refused."""

    NAME_FORM = "name_form"
    NAME_TAKEN = "name_taken"
    DISPLAY_NAME_FORM = "display_name_form"
    ROLES_MISSING = "roles_missing"
    REASON_MISSING = "reason_missing"
    PASSWORD_SHORT = "password_short"  # noqa: S105 - A reason.
    PASSWORD_LONG = "password_long"  # noqa: S105 - A reason.
    PASSWORD_IS_NAME = "password_is_name"  # noqa: S105 - A reason.
    PASSWORD_COMMON = "password_common"  # noqa: S105 - A reason.
    PASSWORD_SAME = "password_same"  # noqa: S105 - A reason.
    PASSWORDS_DIFFER = "passwords_differ"
    PASSWORD_WRONG = "password_wrong"  # noqa: S105 - A reason.
    SIGN_IN_WRONG = "sign_in_wrong"
    CODE_WRONG = "code_wrong"
    NOT_YOURSELF = "not_yourself"
    DATE_FORM = "date_form"


@dataclass(frozen=True, slots=True)
class Problem:
    """A field and why it is refused; `values` are what the words for it name."""

    field: str
    reason: Reason
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)


class Refused(Exception):
    """What a person entered cannot be taken: all problems at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{problem.field}: {problem.reason.value}" for problem in problems))
        self.problems = problems


class TooManyAttempts(Exception):
    """Too many failures of an account or an address; `free_at` is when one may try again."""

    def __init__(self, free_at: datetime) -> None:
        super().__init__("too many attempts")
        self.free_at = free_at


class UserNotFound(Exception):
    """There is no such account."""


class NothingPending(Exception):
    """The step before is missing or too long ago: begin again."""
