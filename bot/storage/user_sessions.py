"""Keeps who is signed in where; a session that has ended is deleted."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select, update

from bot.accounts.audit import Entry
from bot.accounts.model import Session, User
from bot.accounts.ports import NewSession
from bot.storage.audit import record
from bot.storage.console_tables import ConsoleSession, ConsoleUser
from bot.storage.sessions import Sessions
from bot.storage.users import user_of


class UserSessionRepository:
    """One row a browser; the cookie's token is known by its hash only."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def open(self, new: NewSession, replaced: str | None, entry: Entry | None) -> None:
        """Begin a session in place of the one that the browser had; sessions past their end go too."""
        async with self._sessions.begin() as session:
            await session.execute(delete(ConsoleSession).where(ConsoleSession.expires_at <= new.created_at))
            if replaced is not None:
                await session.execute(delete(ConsoleSession).where(ConsoleSession.token_hash == replaced))
            session.add(
                ConsoleSession(
                    token_hash=new.token_hash,
                    user_id=new.user_id,
                    complete=new.complete,
                    created_at=new.created_at,
                    last_used_at=new.created_at,
                    expires_at=new.expires_at,
                    address=new.visit.address,
                    browser=new.visit.browser,
                )
            )
            if entry is not None:
                signed_in = update(ConsoleUser).where(ConsoleUser.id == new.user_id)
                await session.execute(signed_in.values(signed_in_at=new.created_at))
                record(session, entry)

    async def find(self, token_hash: str) -> tuple[Session, User] | None:
        """The session of a token and whose it is."""
        query = (
            select(ConsoleSession, ConsoleUser)
            .join(ConsoleUser, ConsoleUser.id == ConsoleSession.user_id)
            .where(ConsoleSession.token_hash == token_hash)
        )
        async with self._sessions() as session:
            found = (await session.execute(query)).one_or_none()
        return None if found is None else (_session_of(found[0]), user_of(found[1]))

    async def touch(self, session_id: int, at: datetime) -> None:
        """Take note that a session is in use."""
        async with self._sessions.begin() as session:
            change = update(ConsoleSession).where(ConsoleSession.id == session_id)
            await session.execute(change.values(last_used_at=at))

    async def of(self, user_id: int) -> list[Session]:
        """All sessions of an account, the one that was used last first."""
        query = select(ConsoleSession).where(ConsoleSession.user_id == user_id, ConsoleSession.complete)
        async with self._sessions() as session:
            rows = await session.scalars(query.order_by(ConsoleSession.last_used_at.desc()))
            return [_session_of(row) for row in rows]

    async def close(self, token_hash: str) -> None:
        """End the session of a token."""
        async with self._sessions.begin() as session:
            await session.execute(delete(ConsoleSession).where(ConsoleSession.token_hash == token_hash))

    async def end(self, user_id: int, session_id: int, entry: Entry) -> bool:
        """End one session of an account; False when the account has no such session."""
        ended = delete(ConsoleSession).where(ConsoleSession.user_id == user_id, ConsoleSession.id == session_id)
        async with self._sessions.begin() as session:
            if await session.scalar(ended.returning(ConsoleSession.id)) is None:
                return False
            record(session, entry)
        return True

    async def end_all(self, user_id: int, keep: int | None, entry: Entry) -> None:
        """End all sessions of an account, all but `keep`."""
        ended = delete(ConsoleSession).where(ConsoleSession.user_id == user_id)
        async with self._sessions.begin() as session:
            await session.execute(ended if keep is None else ended.where(ConsoleSession.id != keep))
            record(session, entry)


def _session_of(row: ConsoleSession) -> Session:
    return Session(
        id=row.id,
        user_id=row.user_id,
        complete=row.complete,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        address=row.address,
        browser=row.browser,
    )
