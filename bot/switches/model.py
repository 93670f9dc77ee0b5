"""What an operator can stop, and where that is kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.accounts.audit import Entry

ASSISTANT = "assistant"
_TOPIC = "topic:"


@dataclass(frozen=True, slots=True)
class Switch:
    """What is stopped, what workers are told of it, and who did it when."""

    name: str
    notice: str
    changed_at: datetime
    changed_by: str | None

    @property
    def topic(self) -> str:
        """The topic that is stopped, or nothing."""
        return self.name.removeprefix(_TOPIC) if self.name.startswith(_TOPIC) else ""


def of_topic(topic: str) -> str:
    """The switch of a topic."""
    return f"{_TOPIC}{topic}"


class Switches(Protocol):
    """Where the switches are kept, for all processes."""

    async def stopped(self) -> Sequence[Switch]:
        """What is stopped now."""

    async def change(self, switch: Switch, stopped: bool, entry: Entry) -> bool:
        """Stop it or let it go on, with its entry in the audit log; False, and nothing, where it is so already."""
