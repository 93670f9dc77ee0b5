"""What the service has recorded of messages, read from its database as an operator would count it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import select

from bot.assistant.port import Reply
from bot.storage.database import Database
from bot.storage.privacy_tables import WorkerAddress
from bot.storage.tables import ConversationState, Exchange, Outgoing


@dataclass(frozen=True, slots=True)
class Records:
    """`open` messages have no reply; `counted` is what the assistant remembers of each worker, by openid; `letters` by state."""

    messages: int
    open: int
    counted: dict[str, int]
    letters: Counter[str]
    owed: dict[str, Sequence[str]]


async def read(url: str) -> Records:
    """Count what stands in a database."""
    database = Database(url)
    try:
        async with database.sessions() as session:
            exchanges = list(await session.scalars(select(Exchange)))
            addresses = {row.sender: row.address for row in await session.scalars(select(WorkerAddress))}
            states = list(await session.scalars(select(ConversationState)))
            letters = list(await session.scalars(select(Outgoing).where(Outgoing.kind == "reply")))
    finally:
        await database.close()
    owed: defaultdict[str, list[str]] = defaultdict(list)
    for letter in letters:
        if letter.ended_at is None:
            owed[addresses[letter.sender]] += [
                one.text for one in msgspec.json.decode(letter.content, type=Reply).messages
            ]
    return Records(
        len(exchanges),
        sum(exchange.replied_at is None for exchange in exchanges),
        {addresses[state.conversation.removeprefix("wechat:")]: int(state.state or b"0") for state in states},
        Counter(letter.state for letter in letters),
        dict(owed),
    )
