"""What is said in online practice, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses; `begin` and `end` are what workers say."""

    begin: frozenset[str]
    end: frozenset[str]
    again: str
    stop: str
    first: str
    question: str
    statement: str
    how_letter: str
    how_statement: str
    either: str = msgspec.field(name="or")
    right: str
    wrong: str
    not_an_answer: str
    done: str
    done_already: str
    ended: str
    none: str


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
