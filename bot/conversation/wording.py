"""Replies of replies.yml that the service itself fills in, and those whose lines are ways to say something."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.nlu.text import normalise
from policies_kb.answer import reply_values
from policies_kb.model import KnowledgeBase
from policies_kb.placeholders import fill

_MARKS = " ,.。!?~;:'\"“”‘’、"


class Wording:
    """Reads the content in force at each call."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._knowledge = knowledge

    def lines(self, name: str) -> list[str]:
        """The lines of a reply as they are written."""
        return self._knowledge().replies[name].text.splitlines()

    def is_line(self, text: str, name: str) -> bool:
        """Whether a worker's text is one of the lines of a reply, however it is written, and nothing besides."""
        return plain(text) in {plain(line) for line in self.lines(name)}

    def holds_line(self, text: str, name: str) -> bool:
        """Whether one of the lines of a reply stands in a worker's text."""
        return any(plain(line) in plain(text) for line in self.lines(name))

    def filled(self, name: str, values: Mapping[str, str] | None = None) -> str:
        """The text of a reply with the contacts, and `values` for its own names."""
        knowledge = self._knowledge()
        return fill(knowledge.replies[name].text, {**reply_values(knowledge), **(values or {})})


def plain(text: str) -> str:
    """The text without what does not tell one way to say something from another."""
    return normalise(text).strip(_MARKS)
