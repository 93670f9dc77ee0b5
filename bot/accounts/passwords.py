"""Passwords: which are accepted, how they are kept, and random ones."""

from __future__ import annotations

import asyncio
import secrets
import unicodedata
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from bot.accounts.errors import Problem, Reason

SHORTEST = 12
LONGEST = 200
_REST = 6
"""Characters that a password must have besides the user name."""

_ALPHABET = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without the letters and digits that people mistake for each other."""

_COMMON = frozenset(
    line
    for line in Path(__file__).with_name("common_passwords.txt").read_text(encoding="utf-8").splitlines()
    if not line.startswith("#")
)


def problems(password: str, user_name: str, field: str = "password") -> list[Problem]:
    """Why a password is not accepted; empty when it is."""
    folded = password.casefold()
    if len(password) < SHORTEST:
        return [Problem(field, Reason.PASSWORD_SHORT, {"least": SHORTEST, "length": len(password)})]
    if len(password) > LONGEST:
        return [Problem(field, Reason.PASSWORD_LONG, {"most": LONGEST})]
    if user_name and len(folded.replace(user_name.casefold(), "")) < _REST:
        return [Problem(field, Reason.PASSWORD_IS_NAME)]
    if folded in _COMMON:
        return [Problem(field, Reason.PASSWORD_COMMON)]
    return []


def generated() -> str:
    """A random password of about 79 bits, in groups that can be read out and typed."""
    return "-".join("".join(secrets.choice(_ALPHABET) for _ in range(4)) for _ in range(4))


class Passwords:
    """Hashes and checks passwords, away from the event loop: each takes tens of milliseconds on purpose."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._nobodys = hasher.hash(secrets.token_urlsafe())

    async def hash(self, password: str) -> str:
        """What is kept of a password."""
        return await asyncio.to_thread(self._hasher.hash, _normal(password))

    async def right(self, kept: str | None, password: str) -> bool:
        """Whether a password is the one that was kept; as slow when there is none as when there is one."""
        right = await asyncio.to_thread(self._verified, kept or self._nobodys, _normal(password[: LONGEST + 1]))
        return right and kept is not None

    def outdated(self, kept: str) -> bool:
        """Whether a password was hashed with parameters that have been raised since."""
        return self._hasher.check_needs_rehash(kept)

    def _verified(self, kept: str, password: str) -> bool:
        try:
            return self._hasher.verify(kept, password)
        except (VerificationError, InvalidHashError):
            return False


def _normal(password: str) -> str:
    """One spelling of what different keyboards encode differently."""
    return unicodedata.normalize("NFC", password)
