"""How the desk works, read from settings.yml."""

from __future__ import annotations

from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Annotated

import msgspec

Count = Annotated[int, msgspec.Meta(ge=1, le=10_000)]
Key = Annotated[str, msgspec.Meta(max_length=32, pattern=r"^[a-z_]*$")]
Title = Annotated[str, msgspec.Meta(min_length=1, max_length=20)]


class DeskSettings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Times, and what is chosen from lists; the file says what each is."""

    silent_agent_minutes: Count
    silent_worker_minutes: Count
    longest_wait_hours: Count
    told_every_seconds: Count
    most_open: Count
    teams: dict[Key, Title]
    tags: Annotated[list[Title], msgspec.Meta(max_length=30)]
    outcomes: Annotated[dict[Key, Title], msgspec.Meta(min_length=1)]

    @property
    def silent_agent(self) -> timedelta:
        """Working time in which an owner has to answer."""
        return timedelta(minutes=self.silent_agent_minutes)

    @property
    def silent_worker(self) -> timedelta:
        """Time after which a silent worker has left."""
        return timedelta(minutes=self.silent_worker_minutes)

    @property
    def longest_wait(self) -> timedelta:
        """Working time after which nobody waits any longer."""
        return timedelta(hours=self.longest_wait_hours)

    @property
    def told_every(self) -> timedelta:
        """Time between two words about the same."""
        return timedelta(seconds=self.told_every_seconds)


@lru_cache(maxsize=1)
def load() -> DeskSettings:
    """The settings as they are shipped."""
    return msgspec.yaml.decode(Path(__file__).with_name("settings.yml").read_bytes(), type=DeskSettings)
