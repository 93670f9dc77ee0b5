"""The words of the requests' page, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    refusals: dict[str, str]
    notices: dict[str, str]


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
