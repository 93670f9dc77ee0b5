"""The words of import and export, read from words.yml."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import msgspec

_NAME = re.compile(r"[a-z][a-z0-9_]{1,56}")


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    sheets: dict[str, str]
    columns: dict[str, str]
    troubles: dict[str, str]
    unreadable: dict[str, str]
    notices: dict[str, str]

    def place(self, sheet: str, row: int, column: str) -> str:
        """A place in a workbook, as people look for it; row 0 is none."""
        told = f"{self.sheets[sheet]}，第 {row} 行" if row else self.sheets[sheet]
        title = self.columns.get(column)
        return f"{told}，{title}" if title else told

    def well_named(self, key: str) -> bool:
        """Whether a new topic or entry can be called so."""
        return _NAME.fullmatch(key) is not None


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
