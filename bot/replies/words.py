"""The words of the canned replies' pages, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from bot.replies.errors import Problem, Refused
from bot.replies.exchanging import Names


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    links: dict[str, LinkWords]
    scopes: dict[str, str]
    marks: dict[str, str]
    fields: dict[str, str]
    columns: dict[str, str]
    sheet: str
    refusals: dict[str, str]
    notices: dict[str, str]
    unfilled: str

    def problem(self, problem: Problem) -> str:
        """Why a field is refused."""
        return self.refusals[problem.refusal.value].format(**problem.values)

    def problems(self, refused: Refused) -> dict[str, str]:
        """For each field that is refused, why."""
        return {problem.field: self.problem(problem) for problem in refused.problems}

    @property
    def names(self) -> Names:
        """How columns and scopes are called in a sheet."""
        return Names(self.columns, self.scopes["team"], self.scopes["own"])


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
