"""What workers state about themselves, in the slots that eligibility rules ask for."""

from __future__ import annotations

from bot.nlu.statements.reader import Statement, read

__all__ = ["Statement", "read"]
