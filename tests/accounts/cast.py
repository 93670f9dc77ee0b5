"""The fixed cast of the consoles, and a clock that stands still until it is set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from argon2 import PasswordHasher

from bot.accounts.audit import COMMAND_LINE, Filter, Recorded
from bot.accounts.door import Door, Lifetime, Opened
from bot.accounts.model import Role, Visit, Who
from bot.accounts.own import OwnAccount
from bot.accounts.passwords import Passwords
from bot.accounts.users import UserAdministration
from bot.storage.audit import AuditRepository
from bot.storage.sessions import Sessions
from bot.storage.sign_in_failures import SignInFailureRepository
from bot.storage.user_sessions import UserSessionRepository
from bot.storage.users import UserRepository
from tests.fakes import NOON

PASSWORD = "correct horse battery"
CAST = {
    "admin": frozenset({Role.ADMINISTRATOR}),
    "editor": frozenset({Role.EDITOR}),
    "agent": frozenset({Role.AGENT}),
    "reviewer": frozenset({Role.REVIEWER}),
}
"""User names and their roles; an outsider has no account."""

HERE = Visit("203.0.113.5", "Firefox")
# Real parameters cost a tenth of a second for each sign-in.
CHEAP = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


class SetClock:
    """A clock that stands still until it is set forward."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now

    def forward(self, **parts: float) -> None:
        """Let time pass."""
        self.now += timedelta(**parts)


@dataclass(frozen=True)
class Parts:
    """The services on a database, with their repositories."""

    clock: SetClock
    door: Door
    own: OwnAccount
    users: UserAdministration
    kept_users: UserRepository
    kept_sessions: UserSessionRepository
    log: AuditRepository

    async def sign_in(self, name: str = "admin", password: str = PASSWORD) -> tuple[Opened, Who]:
        """Sign in with the password alone."""
        opened = await self.door.enter(name, password, HERE)
        who = await self.door.who(opened.token)
        assert who is not None
        return opened, who

    async def logged(self, **chosen: str) -> list[Recorded]:
        """The log, newest first."""
        return await self.log.page(Filter(**chosen), None, 100)  # type: ignore[arg-type]


def parts(sessions: Sessions, clock: SetClock, hasher: PasswordHasher = CHEAP) -> Parts:
    """The services on a database."""
    users, kept = UserRepository(sessions), UserSessionRepository(sessions)
    passwords = Passwords(hasher)
    lifetime = Lifetime(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
    door = Door(users, kept, SignInFailureRepository(sessions), passwords, lifetime, clock)
    return Parts(
        clock,
        door,
        OwnAccount(users, kept, passwords, door.alive, clock),
        UserAdministration(users, kept, passwords, door.alive, clock),
        users,
        kept,
        AuditRepository(sessions),
    )


async def add_cast(made: Parts) -> None:
    """Add everybody of the cast."""
    for name, roles in CAST.items():
        await made.users.add(COMMAND_LINE, name, f"{name} 同志", roles, PASSWORD, temporary=False)
