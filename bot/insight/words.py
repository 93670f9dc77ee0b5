"""The words of the pages on what workers need, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from bot.insight.model import HOUR, ITEM, REST, TOPIC
from policies_kb.model import KnowledgeBase


class PartWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a table of groups is called, and what its first column."""

    title: str
    about: str
    column: str


class Names(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The names of groups, by what they have in common."""

    kind: dict[str, str]
    topic: dict[str, str]
    fallback: dict[str, str]
    handover: dict[str, str]
    verdict: dict[str, str]
    wait: dict[str, str]
    rest: str
    gone: str
    hour: str


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    periods: dict[int, str]
    parts: dict[str, PartWords]
    names: Names
    headings: dict[str, str]
    summary: str
    figures: dict[str, str]

    def named(self, part: str, name: str, knowledge: KnowledgeBase) -> str:
        """A group as people know it."""
        if name == REST:
            return self.names.rest
        if part == HOUR:
            return self.names.hour.format(hour=name)
        if part == ITEM:
            return _cited(name, knowledge) or name
        if part == TOPIC and name in knowledge.topics:
            return knowledge.topics[name].title
        if name in knowledge.near_scope:
            return knowledge.near_scope[name].title
        own: dict[str, str] = getattr(self.names, part, {})
        return own.get(name, self.names.gone if part == TOPIC else name)


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)


def _cited(name: str, knowledge: KnowledgeBase) -> str:
    document, _, number = name.partition("/")
    paper = knowledge.documents.get(document)
    found = next((item for item in paper.items if str(item.number) == number), None) if paper is not None else None
    return "" if found is None else f"{found.cite} {found.heading}"
