"""What the pages of the hours work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.hours.keeping import Keeping
from bot.hours.live import LiveHours


@dataclass(frozen=True, slots=True)
class HoursRoom:
    """`keeping` changes what `live` tells."""

    live: LiveHours
    keeping: Keeping
    now: Callable[[], datetime]
