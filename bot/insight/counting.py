"""Counts the messages of a period into groups."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta

from bot.insight.hiding import Tally, rounded, shown
from bot.insight.model import (
    ANSWERED,
    ASKED_BACK,
    DAY,
    FALLBACK,
    HANDOVER,
    HOUR,
    ITEM,
    KIND,
    PERSON,
    TOPIC,
    UNANSWERED,
    Group,
    Report,
    Seen,
)
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase

_KINDS = {
    "ask": ANSWERED,
    "choose": ANSWERED,
    "qualify": ANSWERED,
    "benefits": ANSWERED,
    "more": ANSWERED,
    "clarify": ASKED_BACK,
    "oos": UNANSWERED,
    "handoff": PERSON,
    "chat": "chat",
}
_UNREAD = ("voice_unheard", "image_unread", "link_unread", "location_unread", "unsupported")
NO_TOPIC = "-"
"""Answered, but not from one topic: a choice, an interview, what is related."""

Tallies = defaultdict[str, Tally]


class Count:
    """One period; messages are added in any order."""

    def __init__(self, days: int, until: datetime) -> None:
        self.days, self.until = days, until
        self.since = until - timedelta(days=days)
        self._all = Tally()
        self._parts: defaultdict[str, Tallies] = defaultdict(lambda: defaultdict(Tally))

    def add(self, seen: Seen) -> None:
        """Count a message, if it is of the period."""
        if not self.since <= seen.at < self.until:
            return
        self._all.add(seen)
        here = seen.at.astimezone(HERE)
        kind = kind_of(seen)
        self._add(KIND, kind, seen)
        self._add(HOUR, str(here.hour), seen)
        self._add(DAY, here.date().isoformat(), seen)
        if kind == ANSWERED:
            self._add(TOPIC, seen.label or NO_TOPIC, seen)
        elif kind == UNANSWERED:
            self._add(FALLBACK, seen.canned or seen.label or "unknown", seen)
        if kind == PERSON or seen.urgent:
            self._add(HANDOVER, f"urgent/{seen.urgent}" if seen.urgent else "asked", seen)

    def report(self, knowledge: KnowledgeBase) -> Report:
        """What may be shown of it."""
        if not self._all.enough:
            return Report(self.days, self.since, self.until, 0, 0, {})
        parts = {name: shown(tallies) for name, tallies in self._parts.items()}
        parts[ITEM] = shown(self._items(parts.get(TOPIC, ()), knowledge))
        messages, workers = rounded(self._all.messages), rounded(len(self._all.workers))
        return Report(self.days, self.since, self.until, messages, workers, parts)

    def _items(self, topics: tuple[Group, ...], knowledge: KnowledgeBase) -> Tallies:
        """Of the topics that are shown only: else a hidden one could be told from the items that it cites."""
        found: Tallies = defaultdict(Tally)
        for group in topics:
            topic = knowledge.topics.get(group.name)
            for source in topic.sources if topic is not None else ():
                tally, own = found[f"{source.document}/{source.item}"], self._parts[TOPIC][group.name]
                tally.messages += own.messages
                tally.workers |= own.workers
                tally.examples |= own.examples
        return found

    def _add(self, part: str, name: str, seen: Seen) -> None:
        self._parts[part][name].add(seen)


def kind_of(seen: Seen) -> str:
    """What became of a message."""
    if seen.canned in _UNREAD:
        return UNANSWERED
    return _KINDS.get(seen.intent or "", "other")
