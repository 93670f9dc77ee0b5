"""Signing in and out, in one step or two, and who makes a request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.accounts import throttle, totp
from bot.accounts.audit import Entry, actor
from bot.accounts.errors import NothingPending, Problem, Reason, Refused, TooManyAttempts
from bot.accounts.model import Credentials, Session, User, Visit, Who
from bot.accounts.passwords import Passwords
from bot.accounts.ports import Failures, NewSession, Sessions, Users
from bot.accounts.tokens import kept_of, new_token

SECOND_STEP = timedelta(minutes=5)
"""How long the page that asks for a code may stay open."""

_TOUCH_EVERY = timedelta(minutes=1)
"""How often a session in use is written down."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Lifetime:
    """How long a session lives: without use, and at most."""

    idle: timedelta
    absolute: timedelta


@dataclass(frozen=True, slots=True)
class Opened:
    """A session for the browser's cookie; while not `complete`, a code is still to come."""

    token: str
    complete: bool


class Door:
    """Lets people in. The wait after failures is the same whether the account exists or not."""

    def __init__(
        self,
        users: Users,
        sessions: Sessions,
        failures: Failures,
        passwords: Passwords,
        lifetime: Lifetime,
        now: Callable[[], datetime],
    ) -> None:
        self._users = users
        self._sessions = sessions
        self._failures = failures
        self._passwords = passwords
        self._lifetime = lifetime
        self._now = now

    async def enter(self, name: str, password: str, visit: Visit, replaced: str | None = None) -> Opened:
        """Sign in with a password; raises Refused or TooManyAttempts. `replaced` is the token that the browser had."""
        name = name.strip().lower()
        await self._count(name, visit)
        found = await self._users.named(name)
        right = await self._passwords.right(found.password_hash if found else None, password)
        if found is None or not right or found.user.disabled:
            log.info("sign_in_refused", step="password")
            raise Refused(Problem("password", Reason.SIGN_IN_WRONG))
        if self._passwords.outdated(found.password_hash):
            kept = await self._passwords.hash(password)
            await self._users.change(found.user.id, {"password_hash": kept}, None)
        return await self._open(found.user, visit, replaced, complete=found.secret is None)

    async def enter_code(self, token: str, code: str, visit: Visit) -> Opened:
        """The second step; raises Refused, TooManyAttempts, or NothingPending when the first is too long ago."""
        found = await self._pending(token)
        await self._count(found.user.name, visit)
        counter = totp.counter(found.secret, code, self._now()) if found.secret else None
        if counter is None or not await self._users.use_code(found.user.id, counter):
            log.info("sign_in_refused", step="code")
            raise Refused(Problem("code", Reason.CODE_WRONG))
        return await self._open(found.user, visit, token, complete=True)

    async def awaits_code(self, token: str) -> bool:
        """Whether a browser has done the first step and not the second."""
        try:
            await self._pending(token)
        except NothingPending:
            return False
        return True

    async def who(self, token: str) -> Who | None:
        """Who makes a request with this token, if the session still holds."""
        found = await self._sessions.find(kept_of(token))
        if found is None:
            return None
        session, user = found
        now = self._now()
        if not session.complete or user.disabled or not self.alive(session):
            return None
        if now - session.last_used_at >= _TOUCH_EVERY:
            await self._sessions.touch(session.id, now)
        return Who(user, session.id)

    def alive(self, session: Session) -> bool:
        """Whether a session has come neither to its end nor to the end of what it may rest."""
        now = self._now()
        return now < session.expires_at and now - session.last_used_at < self._lifetime.idle

    def until(self, moment: datetime) -> timedelta:
        """How long it is till then."""
        return moment - self._now()

    async def leave(self, token: str) -> None:
        """Sign out."""
        await self._sessions.close(kept_of(token))

    async def _count(self, name: str, visit: Visit) -> None:
        limits = {
            throttle.account_key(name): throttle.ACCOUNT,
            throttle.address_key(visit.address): throttle.ADDRESS,
        }
        free_at = await self._failures.begin(limits, self._now())
        if free_at is not None:
            log.warning("sign_in_throttled")
            raise TooManyAttempts(free_at)

    async def _pending(self, token: str) -> Credentials:
        found = await self._sessions.find(kept_of(token))
        if found is None or found[0].complete or not self.alive(found[0]):
            raise NothingPending
        credentials = await self._users.numbered(found[1].id)
        if credentials is None or credentials.user.disabled:
            raise NothingPending
        return credentials

    async def _open(self, user: User, visit: Visit, replaced: str | None, *, complete: bool) -> Opened:
        token, now = new_token(), self._now()
        lifetime = self._lifetime.absolute if complete else SECOND_STEP
        new = NewSession(kept_of(token), user.id, complete, now, now + lifetime, visit)
        entry = Entry(now, actor(user), "sign_in", "user", user.name) if complete else None
        await self._sessions.open(new, kept_of(replaced) if replaced else None, entry)
        if complete:
            # Not after the first step: else a known password would buy any number of guesses at the code.
            await self._failures.succeed(
                throttle.account_key(user.name), throttle.address_key(visit.address), self._now()
            )
            log.info("signed_in", user=user.id)
        return Opened(token, complete)
