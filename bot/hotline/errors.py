"""Why an act at the desk is not done; the words for it are in words.yml."""

from __future__ import annotations

from enum import Enum


class Refusal(str, Enum):
    """Why."""

    TAKEN = "taken"
    NOT_YOURS = "not_yours"
    CLOSED = "closed"
    CHANGED = "changed"
    REASON_MISSING = "reason_missing"
    SUMMARY_MISSING = "summary_missing"
    TARGET_UNKNOWN = "target_unknown"
    OUTCOME_UNKNOWN = "outcome_unknown"
    TAG_UNKNOWN = "tag_unknown"
    TEXT_MISSING = "text_missing"
    TEXT_LONG = "text_long"
    FULL = "full"
    CASE_MISSING = "case_missing"


class Refused(Exception):
    """What was entered cannot be taken."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.value)
        self.refusal = refusal


class Conflict(Refused):
    """Somebody was faster, or the conversation is not the person's: nothing was done."""


class CaseNotFound(Exception):
    """There is no such handover, or it was deleted with what is kept of the worker."""
