"""Random tokens of cookies, and what is kept of them."""

from __future__ import annotations

import hashlib
import secrets


def new_token() -> str:
    """A token that nobody guesses."""
    return secrets.token_urlsafe(32)


def kept_of(token: str) -> str:
    """What the database knows of a token: whoever reads it there cannot use it."""
    return hashlib.sha256(token.encode()).hexdigest()
