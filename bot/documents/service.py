"""Takes papers in: each edition is kept as its items; nothing is published by that."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.accounts.audit import Actor, Entry
from bot.documents.model import MOST_BYTES, Edition
from bot.documents.ports import Editions
from policies_kb import document_text
from policies_kb.errors import DocumentUnreadable

_TRIES = 5


class PaperRefused(Exception):
    """A paper is not kept; `reason` is a key of the words."""

    def __init__(self, reason: str, detail: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class Papers:
    """The editions of all documents."""

    editions: Editions
    now: Callable[[], datetime]

    async def upload(self, by: Actor, document: str, name: str, data: bytes | str) -> Edition:
        """Keep a text as the next edition of a document; raises PaperRefused."""
        items = split(data)
        for _ in range(_TRIES):
            held = await self.editions.of(document)
            if held and held[0].items == items:
                raise PaperRefused("same")
            number = held[0].number + 1 if held else 1
            edition = Edition(document, number, name, items, by, self.now())
            entry = Entry(edition.at, by, "upload", "document", document, name, after={"edition": number})
            if await self.editions.add(edition, entry):
                return edition
        raise PaperRefused("busy")


def split(data: bytes | str) -> document_text.ItemTexts:
    """The items of a paper; raises PaperRefused."""
    if not data:
        raise PaperRefused("empty")
    if len(data) > MOST_BYTES:
        raise PaperRefused("too_large")
    try:
        text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
        return document_text.split(text.replace("\x00", ""))
    except UnicodeDecodeError:
        raise PaperRefused("not_utf8") from None
    except DocumentUnreadable as error:
        twice = "twice" in str(error)
        raise PaperRefused("item_twice" if twice else "not_numbered", str(error).rpartition(": ")[2]) from None
