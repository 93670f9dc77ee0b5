"""The words of the desk's pages, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords


class DeliveryWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What became of a message, and what to do where the worker has not got it."""

    title: str
    act: str = ""


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    links: dict[str, LinkWords]
    reasons: dict[str, str]
    priorities: dict[int, str]
    states: dict[str, str]
    channels: dict[str, str]
    events: dict[str, str]
    outcomes: dict[str, str]
    kinds: dict[str, str]
    deliveries: dict[str, DeliveryWords]
    refusals: dict[str, str]
    notices: dict[str, str]
    worker: str
    everybody: str


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
