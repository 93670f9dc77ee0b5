"""The words of the content's pages, read from words.yml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from policies_kb.errors import Problem


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    states: dict[str, str]
    state_kinds: dict[str, str]
    dues: dict[str, str]
    fields: dict[str, str]
    aspects: dict[str, str]
    entities: dict[str, str]
    operators: dict[str, str]
    calculators: dict[str, str]
    refusals: dict[str, str]
    notices: dict[str, str]
    effects: dict[str, str]
    places: dict[str, str]
    tables: dict[str, LinkWords]
    table_fields: dict[str, str]
    table_hints: dict[str, str]
    part_fields: dict[str, str]
    replies: dict[str, str]
    findings: dict[str, str]
    problems: dict[str, str]
    other_problem: str

    def problem(self, problem: Problem) -> str:
        """What a check found, for people who do not read the checks."""
        for pattern, text in self.problems.items():
            if match := re.fullmatch(pattern, problem.what):
                return text.format(**match.groupdict())
        return self.other_problem.format(text=problem.what)


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
