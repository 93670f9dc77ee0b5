"""The words of the clients' pages, read from words.yml."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from bot.clients.model import Refused


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    refusals: dict[str, str]
    notices: dict[str, str]
    reason: str

    def problems(self, refused: Refused) -> Mapping[str, str]:
        """For each field that is refused, why."""
        told = refused.problems.items()
        return {name: self.refusals[refusal.value].format(value=value) for name, (refusal, value) in told}


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
