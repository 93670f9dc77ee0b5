"""Which addresses the consoles have, and whom each is for: a table for each room."""

from __future__ import annotations

from tests.console.addresses import (
    accounts,
    clients,
    content,
    doctor,
    feedback,
    hotline,
    hours,
    insight,
    learning,
    replies,
    switches,
    tickets,
    trial,
    unanswered,
)
from tests.console.addresses.table import Table, together

_ROOMS = (
    accounts,
    clients,
    content,
    doctor,
    feedback,
    hotline,
    hours,
    insight,
    learning,
    replies,
    switches,
    tickets,
    trial,
    unanswered,
)

TABLE: Table = together(*(room.TABLE for room in _ROOMS))
