"""Keeps messages with their replies and how they were understood."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import delete, select
from sqlalchemy.exc import IntegrityError

from bot.assistant.port import Reply
from bot.storage.sessions import Sessions
from bot.storage.tables import Exchange


class ExchangeRepository:
    """A message is kept once for its channel, sender and key."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def reply_to(self, channel: str, sender: str, key: str) -> Reply | None:
        """The reply that this very message was given, or None when it is new."""
        query = select(Exchange.reply).where(
            Exchange.channel == channel, Exchange.sender == sender, Exchange.key == key
        )
        async with self._sessions() as session:
            stored = await session.scalar(query)
        return None if stored is None else msgspec.json.decode(stored, type=Reply)

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
        understood = reply.understanding
        row = Exchange(
            channel=channel,
            sender=sender,
            key=key,
            text=text,
            reply=msgspec.json.encode(reply),
            received_at=received_at,
            replied_at=replied_at,
            intent=understood.intent if understood else None,
            label=understood.label if understood else None,
            confidence=understood.confidence if understood else None,
        )
        try:
            async with self._sessions.begin() as session:
                session.add(row)
        except IntegrityError:
            return

    async def delete_of(self, channel: str, sender: str) -> None:
        """Delete everything a sender said and was told."""
        async with self._sessions.begin() as session:
            await session.execute(delete(Exchange).where(Exchange.channel == channel, Exchange.sender == sender))
