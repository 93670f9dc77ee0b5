"""What the services need of the storage."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, TypedDict

from bot.accounts.audit import Entry, Filter, Recorded
from bot.accounts.model import Credentials, Role, Session, User, Visit
from bot.accounts.throttle import Limit


@dataclass(frozen=True)
class NewUser:
    """An account that is to be."""

    name: str
    display_name: str
    roles: frozenset[Role]
    password_hash: str
    temporary: bool


class Changes(TypedDict, total=False):
    """What may change of an account."""

    display_name: str
    roles: frozenset[Role]
    disabled: bool
    password_hash: str
    temporary: bool
    secret: str | None
    pending: str | None


@dataclass(frozen=True, slots=True)
class NewSession:
    """A session that is to be."""

    token_hash: str
    user_id: int
    complete: bool
    created_at: datetime
    expires_at: datetime
    visit: Visit


class Users(Protocol):
    """Where accounts are kept."""

    async def named(self, name: str) -> Credentials | None:
        """The account of that user name."""

    async def numbered(self, user_id: int) -> Credentials | None:
        """The account of that id."""

    async def everybody(self) -> list[User]:
        """All accounts by user name."""

    async def add(self, new: NewUser, entry: Entry) -> bool:
        """Keep a new account; False when the user name is taken."""

    async def change(self, user_id: int, changes: Changes, entry: Entry | None) -> None:
        """Change an account; without an entry where nobody changed it."""

    async def change_and_end(self, user_id: int, changes: Changes, entry: Entry, keep: int | None = None) -> None:
        """Change an account and end its sessions, all but `keep`, in one go."""

    async def use_code(self, user_id: int, counter: int) -> bool:
        """Take note of a code's counter; False when this or a later one was used already."""


class Sessions(Protocol):
    """Where sessions are kept."""

    async def open(self, new: NewSession, replaced: str | None, entry: Entry | None) -> None:
        """Begin a session in place of the one that the browser had; sessions past their end go too."""

    async def find(self, token_hash: str) -> tuple[Session, User] | None:
        """The session of a token and whose it is."""

    async def touch(self, session_id: int, at: datetime) -> None:
        """Take note that a session is in use."""

    async def of(self, user_id: int) -> list[Session]:
        """All sessions of an account, the one that was used last first."""

    async def close(self, token_hash: str) -> None:
        """End the session of a token."""

    async def end(self, user_id: int, session_id: int, entry: Entry) -> bool:
        """End one session of an account; False when the account has no such session."""

    async def end_all(self, user_id: int, keep: int | None, entry: Entry) -> None:
        """End all sessions of an account, all but `keep`."""


class Failures(Protocol):
    """Where failures to sign in are counted."""

    async def begin(self, limits: Mapping[str, Limit], now: datetime) -> datetime | None:
        """Count an attempt as failed before it is made; or say from when on one may try, and count nothing."""

    async def succeed(self, account: str, address: str, now: datetime) -> None:
        """Forget the failures of an account, and the attempt that an address was charged with."""


class AuditLog(Protocol):
    """Where the audit log is read."""

    async def page(self, chosen: Filter, below: int | None, size: int) -> list[Recorded]:
        """At most `size` entries that the filter lets through, older than the number `below`."""
