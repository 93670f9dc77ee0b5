"""What administrators, and the command line, do with accounts; each act is in the audit log with its reason."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime

from bot.accounts import passwords as rules
from bot.accounts.audit import Actor, Entry, Values
from bot.accounts.errors import Problem, Reason, Refused, UserNotFound
from bot.accounts.model import Credentials, Role, Session, User
from bot.accounts.passwords import Passwords
from bot.accounts.ports import NewUser, Sessions, Users

_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,31}")
_LONGEST_DISPLAY_NAME = 64


class UserAdministration:
    """Accounts are added, changed and disabled, never deleted. Nobody takes rights from himself."""

    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        passwords: Passwords,
        alive: Callable[[Session], bool],
        now: Callable[[], datetime],
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._passwords = passwords
        self._alive = alive
        self._now = now

    async def everybody(self) -> list[User]:
        """All accounts by user name."""
        return await self._users.everybody()

    async def numbered(self, user_id: int) -> User:
        """One account; raises UserNotFound."""
        return _found(await self._users.numbered(user_id))

    async def named(self, name: str) -> User:
        """One account; raises UserNotFound."""
        return _found(await self._users.named(name.strip().lower()))

    async def sessions(self, user: User) -> list[Session]:
        """Where the person is signed in."""
        return [session for session in await self._sessions.of(user.id) if self._alive(session)]

    async def add(
        self, by: Actor, name: str, display_name: str, roles: frozenset[Role], password: str, *, temporary: bool
    ) -> None:
        """Add an account; raises Refused. A temporary password must be changed at the first sign-in."""
        name, display_name = name.strip().lower(), display_name.strip() or name.strip()
        found = _problems(display_name, roles) + rules.problems(password, name)
        if not _NAME.fullmatch(name):
            found.insert(0, Problem("name", Reason.NAME_FORM))
        if found:
            raise Refused(*found)
        new = NewUser(name, display_name, roles, await self._passwords.hash(password), temporary)
        entry = Entry(self._now(), by, "add", "user", name, after=_values(display_name, roles))
        if not await self._users.add(new, entry):
            raise Refused(Problem("name", Reason.NAME_TAKEN))

    async def change(self, by: Actor, user: User, display_name: str, roles: frozenset[Role], reason: str) -> None:
        """Change how a person is called and what they do here; raises Refused."""
        display_name = display_name.strip()
        problems = _problems(display_name, roles)
        if by.id == user.id and Role.ADMINISTRATOR not in roles:
            problems.append(Problem("roles", Reason.NOT_YOURSELF))
        if problems:
            raise Refused(*problems)
        before, after = _values(user.display_name, user.roles), _values(display_name, roles)
        entry = self._entry(by, "change", user, reason, before, after)
        await self._users.change(user.id, {"display_name": display_name, "roles": roles}, entry)

    async def disable(self, by: Actor, user: User, reason: str) -> None:
        """Let a person in no longer, and end all their sessions; raises Refused."""
        if by.id == user.id:
            raise Refused(Problem("reason", Reason.NOT_YOURSELF))
        await self._users.change_and_end(user.id, {"disabled": True}, self._entry(by, "disable", user, reason))

    async def enable(self, by: Actor, user: User, reason: str) -> None:
        """Let a person in again."""
        await self._users.change(user.id, {"disabled": False}, self._entry(by, "enable", user, reason))

    async def set_password(self, by: Actor, user: User, password: str, reason: str, *, temporary: bool) -> None:
        """Put a password in place and end all sessions; raises Refused."""
        if problems := rules.problems(password, user.name):
            raise Refused(*problems)
        kept = await self._passwords.hash(password)
        entry = self._entry(by, "reset_password", user, reason)
        await self._users.change_and_end(user.id, {"password_hash": kept, "temporary": temporary}, entry)

    async def end_two_steps(self, by: Actor, user: User, reason: str) -> None:
        """No longer ask a person for codes, such as when their telephone is lost."""
        entry = self._entry(by, "two_steps_off", user, reason)
        await self._users.change_and_end(user.id, {"secret": None, "pending": None}, entry)

    async def end_sessions(self, by: Actor, user: User, reason: str) -> None:
        """Sign a person out everywhere."""
        await self._sessions.end_all(user.id, None, self._entry(by, "end_sessions", user, reason))

    async def end_session(self, by: Actor, user: User, session_id: int, reason: str) -> bool:
        """Sign a person out in one place; False when the person has no such session."""
        return await self._sessions.end(user.id, session_id, self._entry(by, "end_session", user, reason))

    def _entry(
        self, by: Actor, verb: str, user: User, reason: str, before: Values | None = None, after: Values | None = None
    ) -> Entry:
        return Entry(self._now(), by, verb, "user", user.name, reason, before or {}, after or {})


def _found(credentials: Credentials | None) -> User:
    if credentials is None:
        raise UserNotFound
    return credentials.user


def _problems(display_name: str, roles: frozenset[Role]) -> list[Problem]:
    found = []
    if not 1 <= len(display_name) <= _LONGEST_DISPLAY_NAME:
        found.append(Problem("display_name", Reason.DISPLAY_NAME_FORM, {"most": _LONGEST_DISPLAY_NAME}))
    if not roles:
        found.append(Problem("roles", Reason.ROLES_MISSING))
    return found


def _values(display_name: str, roles: frozenset[Role]) -> Values:
    return {"display_name": display_name, "roles": [role.value for role in Role if role in roles]}
