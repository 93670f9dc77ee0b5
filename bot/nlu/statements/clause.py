"""Clauses and sentences of a normalised text, by where they begin and end."""

from __future__ import annotations

import re

from bot.nlu.statements.speech import MARKS

_CLAUSE = re.compile(f"[^{re.escape(MARKS)}]+")
_SENTENCE = re.compile(r"[^。!?\n]+")

Bounds = tuple[int, int]


class Clauses:
    """Where the clauses and sentences of a text are."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.clauses: list[Bounds] = [match.span() for match in _CLAUSE.finditer(text)]
        self._sentences: list[Bounds] = [match.span() for match in _SENTENCE.finditer(text)]

    def around(self, start: int) -> Bounds:
        """The clause that a character stands in."""
        return next((bounds for bounds in self.clauses if bounds[0] <= start < bounds[1]), (start, len(self.text)))

    def sentence(self, start: int) -> Bounds:
        """The sentence that a character stands in."""
        return next((bounds for bounds in self._sentences if bounds[0] <= start < bounds[1]), (0, len(self.text)))
