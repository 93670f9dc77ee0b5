"""Whether the official account may send messages of its own, or only answer the worker's."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Protocol

import structlog

PASSIVE_FOR = timedelta(hours=1)
"""How long the API is left alone after WeChat has refused the account itself; then it is tried again."""

log = structlog.get_logger()


class NoRight(Exception):
    """WeChat refuses the account's own messages at present."""


class AccountStore(Protocol):
    """What all processes know of the account."""

    async def passive_until(self) -> datetime | None:
        """Until when the API is left alone."""

    async def fall_back(self, code: int, until: datetime) -> None:
        """Leave the API alone, because of WeChat's code."""


class OfficialAccount:
    """The account's right to customer-service messages: `verified` by its settings, until WeChat says otherwise."""

    def __init__(self, verified: bool, store: AccountStore, now: Callable[[], datetime]) -> None:
        self._verified = verified
        self._store = store
        self._now = now

    async def may_send(self) -> bool:
        """Whether customer-service messages reach workers at present."""
        if not self._verified:
            return False
        until = await self._store.passive_until()
        return until is None or until <= self._now()

    async def fall_back(self, code: int) -> None:
        """Answer as an unverified account for some time, and raise the alarm."""
        log.error("wechat_passive", code=code, minutes=PASSIVE_FOR.total_seconds() // 60)
        await self._store.fall_back(code, self._now() + PASSIVE_FOR)

    async def ping(self) -> None:
        """Return when the account can do what its settings say; raise NoRight otherwise."""
        if self._verified and not await self.may_send():
            raise NoRight
