"""The words for what the checks find, read from words.yml: for the command line and for the page."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

import msgspec

from bot.accounts.words import LinkWords
from bot.doctor.finding import Finding, State


class Sentence(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """How it is, and how to mend it where it is not well."""

    told: str
    mend: str = ""


class Outcome(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One outcome of a check in the language of the command line and in that of the page."""

    en: Sentence
    zh: Sentence


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """`outcomes` by what was found, `names` by check, `settings` by environment variable."""

    link: LinkWords
    states: dict[str, str]
    names: dict[str, str]
    settings: dict[str, str]
    secrets: tuple[str, ...]
    outcomes: dict[str, Outcome]


class Told(NamedTuple):
    """A finding in words."""

    name: str
    state: State
    told: str
    mend: str


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)


def in_english(finding: Finding) -> Told:
    """For the command line."""
    return _told(finding.name, finding, load().outcomes[finding.what].en)


def in_chinese(finding: Finding) -> Told:
    """For the page."""
    return _told(load().names[finding.name], finding, load().outcomes[finding.what].zh)


def _told(name: str, finding: Finding, words: Sentence) -> Told:
    told, mend = (text.format_map(finding.values) for text in (words.told, words.mend))
    return Told(name, finding.state, told, mend)
