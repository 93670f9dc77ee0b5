"""Keeps the accounts of the consoles; each change with its entry in the audit log."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from sqlalchemy import delete, or_, select, update
from sqlalchemy.exc import IntegrityError

from bot.accounts.audit import Entry
from bot.accounts.model import Credentials, Role, User
from bot.accounts.ports import Changes, NewUser
from bot.storage.audit import record
from bot.storage.console_tables import ConsoleSession, ConsoleUser
from bot.storage.sessions import Sessions


class UserRepository:
    """One row a person, found by id or by user name."""

    def __init__(self, sessions: Sessions) -> None:
        self._sessions = sessions

    async def named(self, name: str) -> Credentials | None:
        """The account of that user name."""
        return await self._one(ConsoleUser.name == name)

    async def numbered(self, user_id: int) -> Credentials | None:
        """The account of that id."""
        return await self._one(ConsoleUser.id == user_id)

    async def everybody(self) -> list[User]:
        """All accounts by user name."""
        async with self._sessions() as session:
            return [user_of(row) for row in await session.scalars(select(ConsoleUser).order_by(ConsoleUser.name))]

    async def add(self, new: NewUser, entry: Entry) -> bool:
        """Keep a new account; False when the user name is taken."""
        columns = asdict(new) | {"roles": _joined(new.roles), "created_at": entry.at, "disabled": False}
        try:
            async with self._sessions.begin() as session:
                session.add(ConsoleUser(**columns))
                record(session, entry)
        except IntegrityError:
            return False
        return True

    async def change(self, user_id: int, changes: Changes, entry: Entry | None) -> None:
        """Change an account; without an entry where nobody changed it."""
        async with self._sessions.begin() as session:
            await session.execute(update(ConsoleUser).where(ConsoleUser.id == user_id).values(_columns(changes)))
            if entry is not None:
                record(session, entry)

    async def change_and_end(self, user_id: int, changes: Changes, entry: Entry, keep: int | None = None) -> None:
        """Change an account and end its sessions, all but `keep`, in one go."""
        async with self._sessions.begin() as session:
            await session.execute(update(ConsoleUser).where(ConsoleUser.id == user_id).values(_columns(changes)))
            ended = delete(ConsoleSession).where(ConsoleSession.user_id == user_id)
            await session.execute(ended if keep is None else ended.where(ConsoleSession.id != keep))
            record(session, entry)

    async def use_code(self, user_id: int, counter: int) -> bool:
        """Take note of a code's counter; False when this or a later one was used already."""
        fresh = or_(ConsoleUser.last_counter.is_(None), ConsoleUser.last_counter < counter)
        change = update(ConsoleUser).where(ConsoleUser.id == user_id, fresh).values(last_counter=counter)
        async with self._sessions.begin() as session:
            return await session.scalar(change.returning(ConsoleUser.id)) is not None

    async def _one(self, condition: Any) -> Credentials | None:
        async with self._sessions() as session:
            row = await session.scalar(select(ConsoleUser).where(condition))
        return None if row is None else Credentials(user_of(row), row.password_hash, row.secret, row.pending)


def user_of(row: ConsoleUser) -> User:
    """The account without its secrets."""
    return User(
        id=row.id,
        name=row.name,
        display_name=row.display_name,
        roles=frozenset(Role(role) for role in row.roles.split()),
        disabled=row.disabled,
        temporary=row.temporary,
        two_steps=row.secret is not None,
        created_at=row.created_at,
        signed_in_at=row.signed_in_at,
    )


def _columns(changes: Changes) -> Mapping[str, object]:
    columns: dict[str, object] = dict(changes)
    if "roles" in changes:
        columns["roles"] = _joined(changes["roles"])
    return columns


def _joined(roles: frozenset[Role]) -> str:
    return " ".join(role.value for role in Role if role in roles)
