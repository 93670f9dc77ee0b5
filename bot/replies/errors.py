"""Why an act on the canned replies is not done; the words for it are in words.yml."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from bot.replies.model import Mark, Reply


class Refusal(str, Enum):
    """Why a field or an act is refused."""

    TITLE_FORM = "title_form"
    TEXT_MISSING = "text_missing"
    TEXT_LONG = "text_long"
    CATEGORY_FORM = "category_form"
    SHORTCUT_FORM = "shortcut_form"
    UNKNOWN_VARIABLE = "unknown_variable"
    BRACES = "braces"
    TOPIC_UNKNOWN = "topic_unknown"
    TOPIC_HELD = "topic_held"
    TITLE_TAKEN = "title_taken"
    SHORTCUT_TAKEN = "shortcut_taken"
    TAKEN = "taken"
    TWICE = "twice"
    NOT_SHARED = "not_shared"
    SCOPE_FORM = "scope_form"
    NOTE_MISSING = "note_missing"
    STALE = "stale"
    SHEET_FORM = "sheet_form"
    SHEET_LARGE = "sheet_large"
    SHEET_EMPTY = "sheet_empty"
    HEADER = "header"


@dataclass(frozen=True, slots=True)
class Problem:
    """A field and why it is refused; `row` is that of an imported sheet, `values` are what the words for it name."""

    field: str
    refusal: Refusal
    values: Mapping[str, object] = dataclasses.field(default_factory=dict)
    row: int = 0


class Refused(Exception):
    """What was entered cannot be taken: all problems at once."""

    def __init__(self, *problems: Problem) -> None:
        super().__init__(", ".join(f"{one.field}: {one.refusal.value}" for one in problems))
        self.problems = problems


class Conflict(Exception):
    """Somebody else has saved since."""

    def __init__(self, latest: Reply) -> None:
        super().__init__(f"reply {latest.id}: version {latest.version} came first")
        self.latest = latest


class ReplyNotFound(Exception):
    """There is no such reply, or it is another's own."""


class NotYours(Exception):
    """Shared replies are changed by those with the right, private ones by their owner."""


class Unfilled(Exception):
    """What has to be filled in before the reply may be sent."""

    def __init__(self, missing: Sequence[str]) -> None:
        super().__init__(f"not filled: {len(missing)}")
        self.missing = tuple(missing)


class Marked(Exception):
    """The reply's topic has changed, and nobody with the right has confirmed the reply since."""

    def __init__(self, mark: Mark) -> None:
        super().__init__(mark.value)
        self.mark = mark
