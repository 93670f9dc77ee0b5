"""Keeps messages with their replies and how they were understood."""

from __future__ import annotations

from datetime import datetime

import msgspec
from sqlalchemy import bindparam, delete, select
from sqlalchemy.exc import IntegrityError

from bot.assistant.port import Reply
from bot.storage.database import Sessions
from bot.storage.tables import Base, Exchange

# Built once and on the table itself: they run with every message, and objects are not needed of them.
_EXCHANGES = Base.metadata.tables[Exchange.__tablename__]
_REPLY = select(_EXCHANGES.c.reply).where(
    _EXCHANGES.c.channel == bindparam("of_channel"),
    _EXCHANGES.c.sender == bindparam("of_sender"),
    _EXCHANGES.c.key == bindparam("of_key"),
)
_ADD = _EXCHANGES.insert()


class ExchangeRepository:
    """A message is kept once for its channel, sender and key."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def reply_to(self, channel: str, sender: str, key: str) -> Reply | None:
        """The reply that this very message was given, or None when it is new."""
        async with self._sessions() as session:
            stored = await session.scalar(_REPLY, {"of_channel": channel, "of_sender": sender, "of_key": key})
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
        row = {
            "channel": channel,
            "sender": sender,
            "key": key,
            "text": text,
            "reply": msgspec.json.encode(reply),
            "received_at": received_at,
            "replied_at": replied_at,
            "intent": understood.intent if understood else None,
            "label": understood.label if understood else None,
            "confidence": understood.confidence if understood else None,
        }
        try:
            async with self._sessions.begin() as session:
                await (await session.connection()).execute(_ADD, row)
        except IntegrityError:
            return

    async def delete_of(self, channel: str, sender: str) -> None:
        """Delete everything a sender said and was told."""
        async with self._sessions.begin() as session:
            await session.execute(delete(Exchange).where(Exchange.channel == channel, Exchange.sender == sender))
