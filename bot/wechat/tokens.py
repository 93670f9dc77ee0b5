"""The access token of an account, and where it is kept."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Token:
    """An access token and when it should be replaced."""

    value: str = field(repr=False)
    ends_at: datetime


class Tokens(Protocol):
    """Keeps one account's token for all who use it."""

    async def load(self) -> Token | None:
        """The token that was kept last."""

    async def begin_renewing(self) -> bool:
        """Whether the caller may fetch a new one; false while another one does."""

    async def end_renewing(self, token: Token | None) -> None:
        """Keep what was fetched, None where that failed, and let others fetch again."""


class OwnTokens:
    """Keeps the token of a single process."""

    def __init__(self) -> None:
        self._token: Token | None = None

    async def load(self) -> Token | None:
        """See Tokens."""
        return self._token

    async def begin_renewing(self) -> bool:
        """See Tokens; nobody else is there."""
        return True

    async def end_renewing(self, token: Token | None) -> None:
        """See Tokens."""
        self._token = token or self._token
