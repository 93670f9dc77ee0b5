"""Where the texts of papers are kept."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from bot.accounts.audit import Entry
from bot.documents.model import Edition


class Editions(Protocol):
    """Editions of documents, numbered from 1; none is ever changed."""

    async def of(self, document: str) -> list[Edition]:
        """All editions of a document, the latest first."""

    async def counts(self) -> Mapping[str, int]:
        """How many editions each document has, where it has any."""

    async def add(self, edition: Edition, entry: Entry) -> bool:
        """Keep an edition; False when its number is taken."""
