"""The words of the pages of what was not answered, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    kinds: dict[str, str]
    states: dict[str, str]
    tabs: dict[str, str]
    refusals: dict[str, str]
    notices: dict[str, str]
    first_note: str


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
