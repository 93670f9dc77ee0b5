"""Joins short messages that a worker sends one right after the other: 技能提升补贴 and then 咋领."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field

from bot.assistant.port import Reply

LONGEST_FRAGMENT = 40
"""Characters; longer messages are whole questions."""

_UNCLEAR = {("clarify", None), ("oos", "unknown"), ("chat", "noise")}


@dataclass(frozen=True, slots=True)
class _Fragment:
    text: str
    state_before: bytes | None
    joined: asyncio.Event = field(default_factory=asyncio.Event)


class Bursts:
    """Holds back the reply to a message that was not understood, for the time that the rest of it may take."""

    def __init__(self, wait: float) -> None:
        self._wait = wait
        self._fragments: dict[str, _Fragment] = {}

    def take_up(self, conversation: str) -> tuple[str, bytes | None] | None:
        """The fragment that is being held back and the conversation's state before it; its own reply is then dropped."""
        fragment = self._fragments.pop(conversation, None)
        if fragment is None:
            return None
        fragment.joined.set()
        return fragment.text, fragment.state_before

    async def goes_on(self, conversation: str, text: str, reply: Reply, state_before: bytes | None) -> bool:
        """Whether another message took up this one, so that it needs no reply; waits only when it was unclear."""
        understood = reply.understanding
        if understood is None or (understood.intent, understood.label) not in _UNCLEAR or len(text) > LONGEST_FRAGMENT:
            return False
        fragment = self._fragments[conversation] = _Fragment(text, state_before)
        try:
            await asyncio.wait_for(fragment.joined.wait(), self._wait)
        except asyncio.TimeoutError:
            if self._fragments.get(conversation) is fragment:
                del self._fragments[conversation]
            return False
        return True
