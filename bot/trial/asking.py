"""Asks a conversation on trial through the conversation service, and tells what was understood, answered and why."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Sequence
from datetime import datetime

from bot.assistant.port import Assistant, Message, Reply
from bot.conversation.memory import TurnMemory
from bot.conversation.service import ConversationService, Times
from bot.nlu.decision import Thresholds
from bot.supposed import Supposed, supposing
from bot.trial.model import Answer
from bot.trial.ports import Model
from bot.trial.reason import kind_of, label_of, reasons, topics_of
from bot.trial.scratch import Scratch

CHANNEL = "trial"
_RANKED = 5

Render = Callable[[Reply, str], str]
"""One text of a reply and of the hint that its choices can be sent as numbers; see bot.wechat.text."""


class Asking:
    """`assistant` is the one that answers workers, without what measures it; `memory` is what it remembers with."""

    def __init__(
        self,
        assistant: Assistant,
        memory: TurnMemory,
        model: Model,
        render: Render,
        now: Callable[[], datetime],
    ) -> None:
        self._assistant = assistant
        self._memory = memory
        self.model = model
        self._render = render
        self._now = now

    async def ask(self, texts: Sequence[str], supposed: Supposed) -> list[Answer]:
        """The answers to the messages of one conversation, which nothing is left of."""
        thresholds = await self.model.thresholds()
        with supposing(supposed):
            service = ConversationService(
                self._assistant,
                Scratch(),
                self._memory,
                lambda: supposed.knowledge,
                self._now,
                times=Times(burst_wait=0),
            )
            sender = uuid.uuid4().hex
            replies = [await service.answer(CHANNEL, sender, str(key), text) for key, text in enumerate(texts)]
        hint = service.canned("choose_hint").messages[0].text
        return [
            self._answer(text, reply, hint, thresholds, supposed) for text, reply in zip(texts, replies, strict=True)
        ]

    def _answer(self, text: str, reply: Reply, hint: str, thresholds: Thresholds, supposed: Supposed) -> Answer:
        understood = reply.understanding
        options = tuple(option for message in reply.messages for option in message.options)
        plain = Reply(tuple(Message(message.text) for message in reply.messages))
        sent = self._render(reply, hint if options and understood is not None else "")
        return Answer(
            question=text,
            kind=kind_of(understood),
            label=label_of(understood),
            confidence=understood.confidence if understood is not None else None,
            topics=topics_of(understood),
            ranking=understood.ranking[:_RANKED] if understood is not None else (),
            entities=understood.entities if understood is not None else (),
            text=self._render(plain, ""),
            options=options,
            size=len(sent.encode()),
            reasons=reasons(understood, thresholds, supposed.knowledge, supposed.today),
        )
