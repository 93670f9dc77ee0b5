"""Which addresses the consoles have, and whom each is for: a table for each room."""

from __future__ import annotations

from tests.console.addresses import accounts, content, doctor, feedback, learning, replies, switches, trial
from tests.console.addresses.table import Table, together

TABLE: Table = together(
    accounts.TABLE,
    content.TABLE,
    doctor.TABLE,
    feedback.TABLE,
    learning.TABLE,
    replies.TABLE,
    switches.TABLE,
    trial.TABLE,
)
