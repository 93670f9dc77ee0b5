"""Where a worker is reached: the one place that holds the channel's own name for him."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, text

from bot.conversation.ports import Said
from bot.storage.tables import Moment

_NOTE = text(
    "INSERT INTO worker_address (sender, channel, address, seen_at) VALUES (:sender, :channel, :address, :seen_at)"
    " ON CONFLICT (sender) DO UPDATE SET seen_at = excluded.seen_at"
).bindparams(bindparam("seen_at", type_=Moment))


def note_address(connection: Connection, said: Said, at: datetime) -> None:
    """Keep where the sender of a message is reached, and that he has just written."""
    row = {"sender": said.sender, "channel": said.channel, "address": said.address, "seen_at": at}
    connection.execute(_NOTE, row)
