"""The words of the accounts' pages, read from words.yml."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import timedelta
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.errors import Problem, Refused


class LinkWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How a place in the navigation is called, and what is there."""

    title: str
    about: str


class Place(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A part of the navigation: the links below its paths, in their order."""

    title: str
    paths: tuple[str, ...]


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    roles: dict[str, str]
    rights: dict[str, str]
    verbs: dict[str, str]
    kinds: dict[str, str]
    places: tuple[Place, ...]
    links: dict[str, LinkWords]
    fields: dict[str, str]
    refusals: dict[str, str]
    notices: dict[str, str]

    def problem(self, problem: Problem) -> str:
        """Why a field is refused."""
        return self.refusals[problem.reason.value].format(**problem.values)

    def problems(self, refused: Refused) -> Mapping[str, str]:
        """For each field that is refused, why."""
        return {problem.field: self.problem(problem) for problem in refused.problems}

    def too_many(self, wait: timedelta) -> str:
        """That one has to wait."""
        seconds = max(1, round(wait.total_seconds()))
        told = f"{seconds} 秒" if seconds < 90 else f"{-(-seconds // 60)} 分钟"
        return self.refusals["too_many"].format(wait=told)


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    text = Path(__file__).with_name("words.yml").read_bytes()
    return msgspec.yaml.decode(text, type=Words)
