"""Counts the messages of a period into groups."""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime, timedelta
from statistics import median

from bot.insight.hiding import Tally, rounded, shown
from bot.insight.model import (
    ANSWERED,
    ASKED_BACK,
    DAY,
    FALLBACK,
    FEWEST,
    HANDOVER,
    HOUR,
    ITEM,
    KIND,
    PERSON,
    REST,
    TOPIC,
    UNANSWERED,
    VERDICT,
    WAIT,
    Group,
    Handed,
    Judged,
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
_WAITS = (1, 5, 15, 60, 240)
"""Minutes."""
_LENGTHS = (*map(str, _WAITS), "longer", "never", REST)
NO_TOPIC = "-"
"""Answered, but not from one topic: a choice, an interview, what is related."""

Tallies = defaultdict[str, Tally]


class Count:
    """One period; messages are added in any order."""

    def __init__(self, days: int, until: datetime) -> None:
        self.days, self.until = days, until
        self.since = until - timedelta(days=days)
        self._all = Tally()
        self._waits: dict[str, float] = {}
        self._parts: defaultdict[str, Tallies] = defaultdict(lambda: defaultdict(Tally))

    def add(self, seen: Seen) -> None:
        """Count a message, if it is of the period."""
        if not self.since <= seen.at < self.until:
            return
        self._all.add(seen.worker, None)
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

    def judge(self, judged: Judged) -> None:
        """Count what a worker said of an answer."""
        if self.since <= judged.at < self.until:
            self._parts[VERDICT][judged.name].add(judged.worker, judged.message)

    def hand(self, handed: Handed) -> None:
        """Count how long a worker waited for a person."""
        if not self.since <= handed.at < self.until:
            return
        minutes = None if handed.answered_at is None else (handed.answered_at - handed.at).total_seconds() / 60
        if minutes is not None:
            self._waits[handed.worker] = minutes
        self._parts[WAIT][_waited(minutes)].add(handed.worker, None)

    def report(self, knowledge: KnowledgeBase) -> Report:
        """What may be shown of it."""
        if not self._all.enough:
            return Report(self.days, self.since, self.until, 0, 0, {})
        parts = {name: shown(tallies) for name, tallies in self._parts.items()}
        parts[WAIT] = tuple(sorted(parts.get(WAIT, ()), key=lambda one: _LENGTHS.index(one.name)))
        parts[ITEM] = shown(self._items(parts.get(TOPIC, ()), knowledge))
        messages, workers = rounded(self._all.messages), rounded(len(self._all.workers))
        wait = round(median(self._waits.values())) if len(self._waits) >= FEWEST else None
        return Report(self.days, self.since, self.until, messages, workers, parts, wait)

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
        # What was urgent is nobody's example.
        self._parts[part][name].add(seen.worker, None if seen.urgent else seen.id)


def _waited(minutes: float | None) -> str:
    return "never" if minutes is None else next((str(most) for most in _WAITS if minutes <= most), "longer")


def kind_of(seen: Seen) -> str:
    """What became of a message."""
    if seen.canned in _UNREAD:
        return UNANSWERED
    return _KINDS.get(seen.intent or "", "other")
