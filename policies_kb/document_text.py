"""Splits a policy paper's text into its numbered items, so that facts can be looked for where they are said to stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from pathlib import Path

import msgspec

from policies_kb.base import ItemNumber
from policies_kb.errors import DocumentUnreadable

_PART = re.compile(r"^([一二三四五六七八九十]+)、")
_PARAGRAPH = re.compile(r"^[(（]([一二三四五六七八九十]+)[)）]")
_ITEM = re.compile(r"^(\d{1,3})[.．、](?!\d)")
_IGNORED = re.compile(r"[\W_]+")

ItemTexts = Mapping[ItemNumber, str]


def split(text: str) -> dict[ItemNumber, str]:
    """The text of each item by its number: 9 for a numbered one, "三(一)" for a paragraph of an unnumbered part.

    Numbered items count through all parts, so a paragraph heading such as (四) inside a part with items is no item
    of its own. Raises DocumentUnreadable where nothing is numbered or a number is missing or stands twice.
    """
    items: dict[ItemNumber, list[str]] = {}
    part = ""
    current: ItemNumber | None = None
    for line in filter(None, (line.strip() for line in text.splitlines())):
        if match := _PART.match(line):
            part, current = match[1], None
        elif match := _ITEM.match(line):
            current = int(match[1])
            if current in items:
                raise DocumentUnreadable(f"item {current} stands twice; number each item once")
        elif match := _PARAGRAPH.match(line):
            current = f"{part}({match[1]})" if part else None
        if current is not None:
            items.setdefault(current, []).append(line)
    numbers = [number for number in items if isinstance(number, int)]
    if numbers != list(range(1, len(numbers) + 1)) or not numbers:
        found = ", ".join(map(str, numbers)) or "none"
        raise DocumentUnreadable(f"items must be numbered 1, 2, 3 … at the start of a line; found: {found}")
    inside = {_part_of(number) for number in items if _followed_by_item(number, list(items))}
    return {number: "\n".join(lines) for number, lines in items.items() if _part_of(number) not in inside}


def states(item_text: str, value: str) -> bool:
    """Whether a fact's value stands in the item's text; punctuation, spaces and character width do not count."""
    return _plain(value) in _plain(item_text)


def save(items: ItemTexts, path: Path) -> None:
    """Keep the items of a document for later checks; the file is local and never shipped."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(msgspec.json.format(msgspec.json.encode([[k, v] for k, v in items.items()]), indent=1))


def read(path: Path) -> ItemTexts:
    """The items that `save` kept; raises DocumentUnreadable when the file is damaged."""
    try:
        return dict(msgspec.json.decode(path.read_bytes(), type=list[tuple[ItemNumber, str]]))
    except msgspec.DecodeError:
        raise DocumentUnreadable(f"{path} is damaged; import the document again") from None


def _plain(text: str) -> str:
    return _IGNORED.sub("", unicodedata.normalize("NFKC", text))


def _part_of(number: ItemNumber) -> str:
    return "" if isinstance(number, int) else number.partition("(")[0]


def _followed_by_item(number: ItemNumber, order: list[ItemNumber]) -> bool:
    """Whether a lettered paragraph only heads a group of numbered items."""
    following = order[order.index(number) + 1 :]
    return isinstance(number, str) and bool(following) and isinstance(following[0], int)
