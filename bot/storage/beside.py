"""What rooms record with a reply: each kind of row has one who writes it within the reply's own transaction."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from bot.conversation.ports import Waiting
from bot.feedback.model import Asked, Judged
from bot.hotline.ports import Begun, Spoke, Withdrew
from bot.practice.model import Kept
from bot.storage import hotline_turns
from bot.storage.feedback import write_asked, write_judged
from bot.storage.practices import write_practice
from bot.storage.tickets import write_ticket
from bot.tickets.model import NewTicket

Write = Callable[[Connection, Waiting, Any, datetime], None]
"""Writes one for the message that is answered; raises bot.conversation.ports.Outdated where it no longer fits."""

WRITES: Mapping[type[object], Write] = {
    Asked: write_asked,
    Judged: write_judged,
    Begun: hotline_turns.begin,
    Spoke: hotline_turns.spoke,
    Withdrew: hotline_turns.withdraw,
    Kept: write_practice,
    NewTicket: write_ticket,
}
"""By the class of what a room puts beside its reply."""


def write(connection: Connection, message: Waiting, row: object, at: datetime) -> None:
    """Write what was put beside the reply to a message."""
    WRITES[type(row)](connection, message, row, at)
