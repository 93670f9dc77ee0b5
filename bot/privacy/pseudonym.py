"""Names of our own for workers, so that a channel's name for them is kept only where messages to them are sent."""

from __future__ import annotations

import base64
import hashlib
import hmac

_LENGTH = 26
"""Letters of five bits each: two workers never share a name by chance."""


class Pseudonyms:
    """The same name for the same worker of a channel; who does not have the key cannot tell whose it is."""

    def __init__(self, key: bytes) -> None:
        self._key = key

    def __call__(self, channel: str, address: str) -> str:
        """The name of whom the channel knows by an address."""
        return self._digest(channel, address)

    @property
    def fingerprint(self) -> str:
        """Tells whether two keys are the same, and nothing else of them."""
        return self._digest("")

    def _digest(self, *parts: str) -> str:
        digest = hmac.new(self._key, "\0".join(parts).encode(), hashlib.sha256).digest()
        return base64.b32encode(digest).decode().lower()[:_LENGTH]
