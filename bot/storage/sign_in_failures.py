"""Counts failures to sign in, shared by all processes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import delete, select, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from bot.accounts.throttle import FORGOTTEN_AFTER, Limit
from bot.storage.console_tables import SignInFailures
from bot.storage.sessions import Sessions


class SignInFailureRepository:
    """One row for each account or address that failed of late."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def begin(self, limits: Mapping[str, Limit], now: datetime) -> datetime | None:
        """Count an attempt as failed before it is made; or say from when on one may try, and count nothing.

        Counted first, so that attempts made at once do not all slip through before one of them is counted.
        """
        async with self._sessions.begin() as session:
            await session.execute(delete(SignInFailures).where(SignInFailures.last_at < now - FORGOTTEN_AFTER))
            # In one order everywhere: two attempts that lock each other's rows would wait for ever.
            rows = [await _locked(session, key, now) for key in sorted(limits)]
            latest = max(row.free_at for row in rows)
            if latest > now:
                return latest
            for row in rows:
                row.failures += 1
                row.last_at = now
                row.free_at = now + limits[row.key].wait(row.failures)
        return None

    async def succeed(self, account: str, address: str, now: datetime) -> None:
        """Forget the failures of an account, and the attempt that an address was charged with."""
        async with self._sessions.begin() as session:
            await session.execute(delete(SignInFailures).where(SignInFailures.key == account))
            paid_back = update(SignInFailures).where(SignInFailures.key == address, SignInFailures.failures > 0)
            await session.execute(paid_back.values(failures=SignInFailures.failures - 1, free_at=now))


async def _locked(session: AsyncSession, key: str, now: datetime) -> SignInFailures:
    """The row of a key, made where it is missing, and nobody else's until the transaction ends."""
    new = {"key": key, "failures": 0, "last_at": now, "free_at": now}
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    await session.execute(dialect.insert(SignInFailures).values(**new).on_conflict_do_nothing())
    row = await session.scalar(select(SignInFailures).where(SignInFailures.key == key).with_for_update())
    assert row is not None, "it was inserted"  # noqa: S101 - For the type checker.
    return row
