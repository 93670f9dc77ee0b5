"""Keeps what all processes share of the official account: its token, and whether its API may be used."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import or_, update

from bot.storage.sessions import Sessions
from bot.storage.tables import Account
from bot.storage.upsert import insert_if_new
from bot.wechat.tokens import Token

_RENEWAL_LASTS = timedelta(seconds=25)
"""Longer than the two requests of a renewal; after it the process is taken to be dead."""


class AccountRepository:
    """One row for an account."""

    def __init__(self, sessions: Sessions, app_id: str, now: Callable[[], datetime]) -> None:
        self._sessions = sessions
        self._app_id = app_id
        self._now = now
        self._owner = uuid.uuid4().hex

    async def load(self) -> Token | None:
        """See bot.wechat.tokens."""
        async with self._sessions() as session:
            row = await session.get(Account, self._app_id)
        if row is None or row.token is None or row.token_ends_at is None:
            return None
        return Token(row.token, row.token_ends_at)

    async def begin_renewing(self) -> bool:
        """See bot.wechat.tokens."""
        now = self._now()
        free = or_(Account.renewing_until.is_(None), Account.renewing_until < now)
        change = update(Account).where(Account.app_id == self._app_id, free)
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, Account, {"app_id": self._app_id}))
            taken = change.values(renewer=self._owner, renewing_until=now + _RENEWAL_LASTS)
            return await session.scalar(taken.returning(Account.app_id)) is not None

    async def end_renewing(self, token: Token | None) -> None:
        """See bot.wechat.tokens."""
        fetched = {} if token is None else {"token": token.value, "token_ends_at": token.ends_at}
        mine = (Account.app_id == self._app_id, Account.renewer == self._owner)
        async with self._sessions.begin() as session:
            await session.execute(update(Account).where(*mine).values(renewing_until=None, renewer=None, **fetched))

    async def passive_until(self) -> datetime | None:
        """See bot.wechat.account."""
        async with self._sessions() as session:
            row = await session.get(Account, self._app_id)
        return None if row is None else row.passive_until

    async def fall_back(self, code: int, until: datetime) -> None:
        """See bot.wechat.account."""
        async with self._sessions.begin() as session:
            await session.execute(insert_if_new(session, Account, {"app_id": self._app_id}))
            passive = {"passive_until": until, "passive_code": code}
            await session.execute(update(Account).where(Account.app_id == self._app_id).values(passive))
