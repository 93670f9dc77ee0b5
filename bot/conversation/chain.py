"""Who answers a message: each in turn until one does, the assistant last; then what others add to the reply."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Protocol

import structlog

from bot.assistant.port import Reply
from bot.conversation.canned import CannedReplies
from bot.conversation.ports import Said, Turn
from bot.conversation.urgent import Urgent

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Heard:
    """A message whose turn has come; `text` has the fragment before it, `urgent` is what of it is urgent."""

    said: Said
    text: str
    turn: Turn
    urgent: Urgent | None = None

    @property
    def question(self) -> bool:
        """Whether it is words to be understood, and not something that has a canned reply."""
        return self.said.canned is None


@dataclass(frozen=True, slots=True)
class Told:
    """What is answered, without messages where nothing is said; the conversation's new `state`, None where it stays.

    `beside` is what is recorded in the same transaction, or all of it is not: see bot.storage.beside for what there is.
    """

    reply: Reply
    state: bytes | None = None
    beside: tuple[object, ...] = ()


class Answerer(Protocol):
    """Answers some messages in the assistant's place."""

    async def __call__(self, heard: Heard, /) -> Told | None:
        """What is answered; None where the next one is to be asked. What it raises counts as None."""


class Addition(Protocol):
    """Looks at each reply, whoever gave it."""

    async def __call__(self, heard: Heard, told: Told, /) -> Told:
        """The same, or with something added or in its place. What it raises leaves the reply as it was."""


@dataclass(frozen=True, slots=True)
class Voices:
    """What rooms have to say: `always` ones answer also while an operator has stopped the assistant, `others` do not."""

    always: tuple[Answerer, ...] = ()
    others: tuple[Answerer, ...] = ()
    additions: tuple[Addition, ...] = ()

    def and_then(self, later: Voices) -> Voices:
        """These, and after each of them those of another room."""
        return Voices(self.always + later.always, self.others + later.others, self.additions + later.additions)


class Privacy:
    """隐私, 删除我的数据: what a worker says about his own data."""

    def __init__(self, canned: CannedReplies) -> None:
        self._canned = canned

    async def __call__(self, heard: Heard) -> Told | None:
        """See Answerer."""
        told = self._canned.privacy(heard.text) if heard.question else None
        return None if told is None else Told(told)


class Stopped:
    """An operator has stopped the assistant."""

    def __init__(self, canned: CannedReplies) -> None:
        self._canned = canned

    async def __call__(self, heard: Heard) -> Told | None:
        """See Answerer."""
        told = self._canned.stopped() if heard.question else None
        return None if told is None else Told(told)


class Chain:
    """What is urgent has its fixed reply before anybody is asked."""

    def __init__(self, answerers: Sequence[Answerer], last: Answerer, additions: Sequence[Addition] = ()) -> None:
        self._answerers = answerers
        self._last = last
        self._additions = additions

    async def __call__(self, heard: Heard) -> Told:
        """What is answered, with what is recorded beside."""
        told = await self._answered(heard)
        for addition in self._additions:
            try:
                told = await addition(heard, told)
            except Exception:
                log.exception("addition_failed", addition=type(addition).__name__)
        return told

    async def _answered(self, heard: Heard) -> Told:
        urgent = heard.urgent
        if urgent is not None and not urgent.answered:
            return Told(urgent.reply)
        told = await self._first(heard)
        return told if urgent is None else replace(told, reply=urgent.added_to(told.reply))

    async def _first(self, heard: Heard) -> Told:
        for answerer in self._answerers:
            try:
                told = await answerer(heard)
            except Exception:
                log.exception("answerer_failed", answerer=type(answerer).__name__)
                continue
            if told is not None:
                return told
        last = await self._last(heard)
        if last is None:
            raise AssertionError("the assistant answers everything")
        return last
