"""The words of the pages on trial, read from words.yml."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import msgspec

from bot.accounts.words import LinkWords
from bot.trial.model import Reason
from policies_kb.model import KnowledgeBase


class Words(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Words by the names that the code uses."""

    link: LinkWords
    kinds: dict[str, str]
    kind_badges: dict[str, str]
    reasons: dict[str, str]
    outcomes: dict[str, str]
    outcome_badges: dict[str, str]
    states: dict[str, str]
    state_badges: dict[str, str]
    labels: dict[str, str]
    entities: dict[str, str]
    headings: tuple[str, ...]
    header_words: tuple[str, ...]
    refusal_words: tuple[str, ...]
    sheet: str
    refusals: dict[str, str]
    notices: dict[str, str]

    def reason(self, reason: Reason) -> str:
        """Why it was answered so."""
        return self.reasons[reason.name].format(**reason.values)

    def titled(self, label: str, knowledge: KnowledgeBase) -> str:
        """A label as people know it: the title of its topic or of the subject next to the paper."""
        intent, _, name = label.partition("/")
        if name in knowledge.topics:
            return knowledge.topics[name].title
        if name in knowledge.near_scope:
            return knowledge.near_scope[name].title
        return self.labels.get(name) or self.labels.get(intent, label)


@lru_cache(maxsize=1)
def load() -> Words:
    """The words as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("words.yml").read_bytes(), type=Words)
