"""Answers each message once, remembers it, and never fails towards the worker."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime
from typing import Protocol

import structlog

from bot.assistant.port import Assistant, AssistantUnavailable, Message, Reply
from bot.conversation.burst import Bursts
from policies_kb.answer import reply_values
from policies_kb.model import KnowledgeBase
from policies_kb.placeholders import fill
from policies_kb.query import named_outright

LONGEST_QUESTION = 1000
BURST_WAIT = 0.8
"""Seconds that the reply to a message that was not understood waits for the rest of it."""
BURSTY_CHANNELS = frozenset(("wechat",))
"""On the web page a message waits for the reply to the one before."""
log = structlog.get_logger()


class Exchanges(Protocol):
    """Where messages and replies are kept."""

    async def reply_to(self, channel: str, sender: str, key: str) -> Reply | None:
        """The reply that this very message was given, or None when it is new."""

    async def add(
        self,
        channel: str,
        sender: str,
        key: str,
        text: str,
        reply: Reply,
        received_at: datetime,
        replied_at: datetime,
    ) -> None:
        """Keep an exchange; one that is there already stays as it is."""

    async def delete_of(self, channel: str, sender: str) -> None:
        """Delete everything a sender said and was told."""


class States(Protocol):
    """Where the assistant's memory of a conversation is kept."""

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""

    async def delete(self, conversation: str) -> None:
        """Forget the conversation."""


class ConversationService:
    """The seam between the channels and the assistant."""

    def __init__(
        self,
        assistant: Assistant,
        exchanges: Exchanges,
        states: States,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
        burst_wait: float = BURST_WAIT,
    ) -> None:
        self._assistant = assistant
        self._exchanges = exchanges
        self._states = states
        self._knowledge = knowledge
        self._now = now
        self._bursts = Bursts(burst_wait)
        self._under_way: dict[tuple[str, str, str], asyncio.Task[Reply]] = {}

    async def answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        """Answer a message once for its key; a repeat, also a concurrent one, gets the same reply. Never raises.

        A fragment that the next message takes up gets a reply without messages.
        """
        message = (channel, sender, key)
        task = self._under_way.get(message)
        if task is None:
            task = asyncio.create_task(self._answer(channel, sender, key, text))
            self._under_way[message] = task
            task.add_done_callback(lambda _: self._under_way.pop(message, None))
        # A channel that hangs up must not take the work away from a repeat that waits for it.
        return await asyncio.shield(task)

    async def forget(self, channel: str, sender: str) -> None:
        """Delete what is known of a sender who leaves."""
        await self._states.delete(_conversation(channel, sender))
        await self._exchanges.delete_of(channel, sender)

    def canned(self, name: str) -> Reply:
        """A canned reply with its example questions as choices."""
        knowledge = self._knowledge()
        reply = knowledge.replies[name]
        examples = tuple(knowledge.topics[topic].question for topic in reply.examples)
        return Reply((Message(fill(reply.text, reply_values(knowledge)), examples),))

    async def _answer(self, channel: str, sender: str, key: str, text: str) -> Reply:
        received_at = self._now()
        try:
            known = await self._exchanges.reply_to(channel, sender, key)
            if known is not None:
                return known
            reply = await self._reply(channel, _conversation(channel, sender), text)
            await self._exchanges.add(channel, sender, key, text, reply, received_at, self._now())
        except Exception:
            log.exception("conversation_failed", channel=channel, characters=len(text))
            return self.canned("trouble")
        understood = reply.understanding
        log.info(
            "message_answered",
            channel=channel,
            characters=len(text),
            intent=understood.intent if understood else None,
            label=understood.label if understood else None,
            confidence=round(understood.confidence, 2) if understood else None,
        )
        return reply

    async def _reply(self, channel: str, conversation: str, text: str) -> Reply:
        text = text.strip()
        if not text:
            return self.canned("empty")
        if len(text) > LONGEST_QUESTION:
            return self.canned("too_long")
        try:
            if channel in BURSTY_CHANNELS:
                return await self._reply_in_burst(conversation, text)
            return await self._assistant.ask(conversation, text)
        except AssistantUnavailable:
            return self.canned("trouble")

    async def _reply_in_burst(self, conversation: str, text: str) -> Reply:
        """The reply to a message and the fragment before it; none where the next message takes this one up."""
        earlier = None if named_outright(self._knowledge(), text) else self._bursts.take_up(conversation)
        if earlier is not None:
            # The worker never saw what the fragment was answered, so the conversation must not remember it.
            fragment, state = earlier
            text = f"{fragment} {text}"
            await self._restore(conversation, state)
        reply = await self._assistant.ask(conversation, text)
        state = self._assistant.state_before(conversation)
        if await self._bursts.goes_on(conversation, text, reply, state):
            return Reply((), reply.understanding)
        return reply

    async def _restore(self, conversation: str, state: bytes | None) -> None:
        if state is None:
            await self._states.delete(conversation)
        else:
            await self._states.save(conversation, state)


def _conversation(channel: str, sender: str) -> str:
    return f"{channel}:{sender}"
