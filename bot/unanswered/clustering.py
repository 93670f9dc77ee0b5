"""Puts questions that are alike together: each goes to the cluster that is most like it, in the order in which they came."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Sequence

from bot.unanswered.model import Features, Known

ALIKE, ONE = 0.22, 0.3
"""From this likeness on, of 1, a question belongs to a cluster, and two clusters are one."""
MOST = 256
"""Features that a cluster keeps, so that it costs the same however large it grows."""


class Clustering:
    """Begins with the clusters that there are, the oldest first; new ones get the numbers -1, -2 and so on.

    `changed` are the features of those that are not as they were; `merged` says which one has taken in another.
    """

    def __init__(self, known: Sequence[Known] = ()) -> None:
        self.changed: dict[int, Features] = {}
        self.merged: dict[int, int] = {}
        self._clusters: dict[int, dict[int, float]] = {}
        self._lengths: dict[int, float] = {}
        self._places: dict[int, int] = {}
        self._within: defaultdict[int, set[int]] = defaultdict(set)
        self._decided = {one.number for one in known if one.decided}
        self._new = 0
        for one in known:
            self._put(one.number, one.features)

    def join(self, features: Features) -> int:
        """The number of the cluster that a question goes to, which may begin with it."""
        number = self._nearest(features, ALIKE)
        if number is None:
            self._new -= 1
            number = self._new
        self._add(number, features)
        return number

    def merge(self) -> None:
        """Let clusters that have grown alike become one, the older one; what people have decided on stays apart."""
        for number in sorted(self.changed, key=self._places.__getitem__, reverse=True):
            features = self._clusters[number]
            length = self._lengths[number]
            unit = {term: weight / length for term, weight in features.items()}
            other = self._nearest(unit, ONE, number)
            if other is None or {number, other} & self._decided:
                continue
            self._take_out(number)
            self.changed.pop(number)
            self._add(other, features)
            self.merged[number] = other
        for number in self.merged:
            while (into := self.merged[number]) in self.merged:
                self.merged[number] = self.merged[into]

    def _nearest(self, features: Features, least: float, before: int | None = None) -> int | None:
        """Of two that are as near, the older one; only of those that are older than the cluster `before`."""
        shared: defaultdict[int, float] = defaultdict(float)
        for term, weight in features.items():
            for number in self._within.get(term, ()):
                shared[number] += weight * self._clusters[number][term]
        newest = len(self._places) if before is None else self._places[before]
        likeness = {
            number: product / self._lengths[number]
            for number, product in shared.items()
            if self._places[number] < newest
        }
        best = min(likeness, key=lambda number: (-round(likeness[number], 9), self._places[number]), default=None)
        return best if best is not None and likeness[best] >= least else None

    def _add(self, number: int, features: Features) -> None:
        sums = dict(self._clusters.get(number, {}))
        for term, weight in features.items():
            sums[term] = sums.get(term, 0.0) + weight
        kept = sorted(sums, key=lambda term: (-sums[term], term))[:MOST]
        self._put(number, {term: sums[term] for term in kept})
        self.changed[number] = self._clusters[number]

    def _put(self, number: int, features: Features) -> None:
        self._take_out(number)
        self._clusters[number] = dict(features)
        self._lengths[number] = _length(features)
        self._places.setdefault(number, len(self._places))
        for term in features:
            self._within[term].add(number)

    def _take_out(self, number: int) -> None:
        for term in self._clusters.pop(number, {}):
            self._within[term].discard(number)


def _length(features: Features) -> float:
    return math.sqrt(sum(weight * weight for weight in features.values())) or 1.0
