"""The assistant as the last of those who answer: whatever is wrong with it, the worker is told something."""

from __future__ import annotations

import asyncio

import structlog

from bot.assistant.port import Assistant
from bot.conversation.canned import CannedReplies
from bot.conversation.chain import Heard, Told
from bot.conversation.memory import TurnMemory

LONGEST_ANSWER = 20.0
"""Seconds after which an assistant that does not answer is taken to hang; longer than all of WeChat's repeats last."""

log = structlog.get_logger()


class AskingAssistant:
    """Gives the canned reply that a message names or needs, and asks the assistant everything else."""

    def __init__(
        self, assistant: Assistant, memory: TurnMemory, canned: CannedReplies, longest_answer: float = LONGEST_ANSWER
    ) -> None:
        self._assistant = assistant
        self._memory = memory
        self._canned = canned
        self._longest_answer = longest_answer

    async def __call__(self, heard: Heard) -> Told:
        """See bot.conversation.chain."""
        said, text = heard.said, heard.text
        canned = said.canned or self._canned.refusal(text)
        if canned is not None:
            return Told(self._canned(canned))
        state = heard.turn.state
        with self._memory.turn(said.conversation, state) as remembered:
            try:
                reply = await asyncio.wait_for(self._assistant.ask(said.conversation, text), self._longest_answer)
            except Exception:
                log.exception("conversation_failed", channel=said.channel, characters=len(text))
                return Told(self._canned("trouble"))
        return Told(reply, None if remembered.state is state else remembered.state)
