"""The outbox as a message's own transaction sees it: what is owed to the worker, and what is put in for him."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import msgspec
from sqlalchemy import ColumnElement, Connection, bindparam, exists, func, insert, select, update

from bot.assistant.port import Reply
from bot.conversation.ports import Owed, Post, Said, Waiting
from bot.storage.tables import Outgoing, table_of

_TABLE = table_of(Outgoing)
_UNTOUCHED = ("queued", "parked")
ORDER = (func.coalesce(_TABLE.c.place, _TABLE.c.id), _TABLE.c.id)

_OWED = (
    _TABLE.c.channel == bindparam("of_channel"),
    _TABLE.c.sender == bindparam("of_sender"),
    _TABLE.c.kind != "typing",
    _TABLE.c.ended_at.is_(None),
)
ANY_OWED = exists().where(*_OWED)
"""Whether `of_sender` has replies in the outbox that he was not given."""

_READ = select(_TABLE.c.id, _TABLE.c.content, _TABLE.c.state).where(*_OWED).order_by(*ORDER).with_for_update()
_HOLD = update(_TABLE).where(*_OWED, _TABLE.c.state == "queued").values(state="parked")
_SEND_PARKED = (
    update(_TABLE).where(*_OWED, _TABLE.c.state == "parked").values(state="queued", due_at=bindparam("at"), attempts=0)
)
_SENDING = select(exists().where(*_OWED, _TABLE.c.state == "sending"))
_OF_EXCHANGE = (
    select(_TABLE.c.id, _TABLE.c.state)
    .where(_TABLE.c.exchange_id == bindparam("exchange"), _TABLE.c.kind == "reply")
    .with_for_update()
)


def sender_of(said: Said) -> dict[str, object]:
    """The parameters of statements that are about what a sender has."""
    return {"of_channel": said.channel, "of_sender": said.sender}


def hold(connection: Connection, said: Said) -> tuple[tuple[Owed, ...], bool]:
    """What is owed to a sender, parked for the turn that begins; and whether more is on its way at this moment."""
    rows = connection.execute(_READ, sender_of(said)).all()
    if any(row.state == "queued" for row in rows):
        connection.execute(_HOLD, sender_of(said))
    owed = tuple(
        Owed(row.id, msgspec.json.decode(row.content, type=Reply), row.state != "unknown")
        for row in rows
        if row.state != "sending"
    )
    return owed, len(owed) < len(rows)


def show(connection: Connection, rows: Sequence[int], at: datetime) -> bool:
    """End what a reply contains; False where the worker was given some of it meanwhile."""
    owed: tuple[ColumnElement[bool], ...] = (_TABLE.c.id.in_(rows), _TABLE.c.ended_at.is_(None))
    change = update(_TABLE).where(*owed).values(state="shown", ended_at=at).returning(_TABLE.c.id)
    return len(connection.scalars(change).all()) == len(rows)


def add(connection: Connection, message: Waiting, post: Post, at: datetime) -> None:
    """Put in replies; what was parked for the same worker is sent before, where these are to be sent."""
    said = message.said
    _add(connection, said.channel, said.sender, post, at, {"kind": "reply", "exchange_id": message.id})


def add_of_person(connection: Connection, conversation: str, message: int, post: Post, at: datetime) -> None:
    """Put in what a person of the hotline wrote, in the same way."""
    channel, _, sender = conversation.partition(":")
    _add(connection, channel, sender, post, at, {"kind": "person", "desk_message_id": message})


def _add(
    connection: Connection, channel: str, sender: str, post: Post, at: datetime, own: Mapping[str, object]
) -> None:
    if post.state == "queued":
        connection.execute(_SEND_PARKED, {"of_channel": channel, "of_sender": sender, "at": at})
    for reply in post.replies:
        row = {
            "channel": channel,
            "sender": sender,
            "content": msgspec.json.encode(reply),
            "state": post.state,
            "created_at": at,
            "due_at": at,
        }
        connection.execute(insert(_TABLE), {**row, **own})


def take_back(connection: Connection, message: Waiting, at: datetime) -> bool:
    """End as shown what answers a message; False, and nothing, where a part of it may have reached the worker."""
    rows = connection.execute(_OF_EXCHANGE, {"exchange": message.id}).all()
    if not rows or any(row.state not in _UNTOUCHED for row in rows):
        return False
    if connection.scalar(_SENDING, sender_of(message.said)):
        return False
    return show(connection, [row.id for row in rows], at)
