"""What people do with their own account: password, second step, sessions."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.accounts import passwords as rules
from bot.accounts import totp
from bot.accounts.audit import Entry, actor
from bot.accounts.errors import NothingPending, Problem, Reason, Refused, UserNotFound
from bot.accounts.model import Credentials, Session, Who
from bot.accounts.passwords import Passwords
from bot.accounts.ports import Sessions, Users


class OwnAccount:
    """Each act of weight asks for the password again: an open screen must not be enough."""

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

    async def sessions(self, who: Who) -> list[Session]:
        """Where the person is signed in."""
        return [session for session in await self._sessions.of(who.user.id) if self._alive(session)]

    async def change_password(self, who: Who, password: str, new: str, again: str) -> None:
        """Put another password in place and end all other sessions; raises Refused."""
        await self._proved(who, password, "password")
        problems = rules.problems(new, who.user.name, "new")
        if not problems and new == password:
            problems = [Problem("new", Reason.PASSWORD_SAME)]
        if new != again:
            problems.append(Problem("again", Reason.PASSWORDS_DIFFER))
        if problems:
            raise Refused(*problems)
        kept = await self._passwords.hash(new)
        entry = self._entry(who, "change_password")
        await self._users.change_and_end(
            who.user.id, {"password_hash": kept, "temporary": False}, entry, keep=who.session
        )

    async def begin_two_steps(self, who: Who, password: str) -> str:
        """A new secret, to be shown once and confirmed by a code; raises Refused."""
        await self._proved(who, password, "totp_password")
        secret = totp.new_secret()
        await self._users.change(who.user.id, {"pending": secret}, None)
        return secret

    async def confirm_two_steps(self, who: Who, code: str) -> None:
        """Ask for codes from now on; raises Refused, or NothingPending when there is no secret to confirm."""
        secret = await self.pending_secret(who)
        counter = totp.counter(secret, code, self._now())
        if counter is None or not await self._users.use_code(who.user.id, counter):
            raise Refused(Problem("code", Reason.CODE_WRONG))
        entry = self._entry(who, "two_steps_on")
        await self._users.change_and_end(who.user.id, {"secret": secret, "pending": None}, entry, keep=who.session)

    async def pending_secret(self, who: Who) -> str:
        """The secret that waits for its first code; raises NothingPending."""
        secret = (await self._credentials(who)).pending
        if secret is None:
            raise NothingPending
        return secret

    async def end_two_steps(self, who: Who, password: str) -> None:
        """No longer ask for codes; raises Refused."""
        await self._proved(who, password, "totp_password")
        entry = self._entry(who, "two_steps_off")
        await self._users.change(who.user.id, {"secret": None, "pending": None}, entry)

    async def end_other_sessions(self, who: Who) -> None:
        """Sign out everywhere but here."""
        await self._sessions.end_all(who.user.id, who.session, self._entry(who, "end_sessions"))

    async def end_session(self, who: Who, session_id: int) -> bool:
        """Sign out in one place; False when the person has no such session."""
        return await self._sessions.end(who.user.id, session_id, self._entry(who, "end_session"))

    async def _proved(self, who: Who, password: str, field: str) -> None:
        kept = (await self._credentials(who)).password_hash
        if not await self._passwords.right(kept, password):
            raise Refused(Problem(field, Reason.PASSWORD_WRONG))

    async def _credentials(self, who: Who) -> Credentials:
        found = await self._users.numbered(who.user.id)
        if found is None:
            raise UserNotFound
        return found

    def _entry(self, who: Who, verb: str) -> Entry:
        return Entry(self._now(), actor(who.user), verb, "user", who.user.name)
