"""What the rest of the service knows of the assistant: one protocol and its words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Message:
    """A text for the worker, and choices that he can tap; a choice is sent back word for word.

    Where choices are not `numbered`, a number that the worker sends means another menu.
    """

    text: str
    options: tuple[str, ...] = ()
    numbered: bool = True


@dataclass(frozen=True, slots=True)
class Understanding:
    """How a message was understood.

    `intent` of the domain, `label` within it (a topic's id for "ask") and 0 ≤ confidence ≤ 1; `also` is a second topic
    that was asked; `ranking` are the labels that came into question ("ask/annuity"), best first, with confidence.
    `follows`: the question before it explains it. `entities` are what was named in it: (kind, value).
    """

    intent: str
    label: str | None
    confidence: float
    also: str | None = None
    ranking: tuple[tuple[str, float], ...] = ()
    follows: bool = False
    entities: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Reply:
    """What the assistant says to one message, and how it understood it (None where it was not asked).

    `urgent` names the subject of urgent.yml that the message is about.
    """

    messages: tuple[Message, ...]
    understanding: Understanding | None = None
    urgent: str | None = None


class AssistantUnavailable(Exception):
    """The assistant could not answer; the cause is logged where it arose."""


class Assistant(Protocol):
    """Answers one message of one conversation at a time."""

    async def ask(self, conversation: str, text: str) -> Reply:
        """Answer `text` in the context of `conversation`; raise AssistantUnavailable when no answer can be made."""

    async def ping(self) -> None:
        """Return when questions can be answered; raise AssistantUnavailable otherwise."""
