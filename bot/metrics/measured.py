"""Ports of the service with a measurement before them."""

from __future__ import annotations

import time
from collections.abc import Sequence
from datetime import datetime

from bot.assistant.port import Assistant, AssistantUnavailable, Message, Reply
from bot.metrics.instruments import Instruments
from bot.wechat.client import WeChatError
from bot.wechat.endings import State
from bot.wechat.outbox import Client, Letter, Outbox
from bot.wechat.quota import left

_LOW = 1


class MeasuredAssistant:
    """Times answers, and counts how they were understood."""

    def __init__(self, assistant: Assistant, instruments: Instruments) -> None:
        self._assistant = assistant
        self._instruments = instruments

    async def ask(self, conversation: str, text: str) -> Reply:
        """See the port."""
        began = time.perf_counter()
        try:
            reply = await self._assistant.ask(conversation, text)
        except AssistantUnavailable:
            self._instruments.answered("trouble", None)
            raise
        finally:
            self._instruments.took("assistant", time.perf_counter() - began)
        understood = reply.understanding
        if understood is None:
            self._instruments.answered("unknown", None)
        else:
            self._instruments.answered(understood.intent, understood.confidence)
        return reply

    async def ping(self) -> None:
        """See the port."""
        await self._assistant.ping()


class MeasuredClient:
    """Counts WeChat's codes."""

    def __init__(self, client: Client, instruments: Instruments) -> None:
        self._client = client
        self._instruments = instruments

    async def send(self, openid: str, message: Message) -> None:
        """See the port."""
        try:
            await self._client.send(openid, message)
        except WeChatError as error:
            self._instruments.called(error.code)
            raise
        self._instruments.called(0)

    async def show_typing(self, openid: str) -> None:
        """See the port."""
        try:
            await self._client.show_typing(openid)
        except WeChatError as error:
            self._instruments.called(error.code)
            raise
        self._instruments.called(0)


class MeasuredOutbox:
    """Counts the letters whose worker can hardly be sent more."""

    def __init__(self, outbox: Outbox, instruments: Instruments) -> None:
        self._outbox = outbox
        self._instruments = instruments

    async def claim(self, now: datetime, most: int) -> Sequence[Letter]:
        """See the port."""
        letters = await self._outbox.claim(now, most)
        for letter in letters:
            if letter.reply is not None and left(letter.ledger, now) <= _LOW:
                self._instruments.quota_is_low()
        return letters

    async def record(self, letter: int, state: State, at: datetime, code: int | None, due_at: datetime) -> None:
        """See the port."""
        await self._outbox.record(letter, state, at, code, due_at)

    async def split(self, letter: int, replies: Sequence[Reply], at: datetime) -> None:
        """See the port."""
        await self._outbox.split(letter, replies, at)

    async def park_all(self) -> None:
        """See the port."""
        await self._outbox.park_all()
