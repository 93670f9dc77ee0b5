"""Fills a database with conversations that were answered long ago, each of one message."""

from __future__ import annotations

from datetime import datetime, timezone

from sqlalchemy import insert

from bot.storage.database import Database
from bot.storage.tables import ConversationState, Exchange

_THEN = datetime(2026, 1, 1, tzinfo=timezone.utc)
_REPLY = b'{"messages":[{"text":"an answer","options":[]}],"understanding":null}'
_AT_ONCE = 500


async def add(url: str, first: int, last: int) -> None:
    """Those numbered from `first` to before `last`."""
    database = Database(url)
    for begin in range(first, last, _AT_ONCE):
        numbers = range(begin, min(begin + _AT_ONCE, last))
        states = [{"conversation": f"wechat:stored{n}", "state": b"1", "updated_at": _THEN} for n in numbers]
        messages = [
            {
                "channel": "wechat",
                "sender": f"stored{n}",
                "key": str(n),
                "text": "高级技师能延迟退休吗",
                "received_at": _THEN,
                "replied_at": _THEN,
                "reply": _REPLY,
            }
            for n in numbers
        ]
        async with database.sessions.begin() as session:
            await session.execute(insert(ConversationState), states)
            await session.execute(insert(Exchange), messages)
    await database.close()
