"""How long one has to wait after failing to sign in; the longer, the more often it failed."""

from __future__ import annotations

import hashlib
import ipaddress
from dataclasses import dataclass
from datetime import timedelta

FORGOTTEN_AFTER = timedelta(hours=24)
"""Failures that are older no longer count."""


@dataclass(frozen=True, slots=True)
class Limit:
    """After `free` failures each further one doubles the wait, from `first` to `longest`."""

    free: int
    first: timedelta
    longest: timedelta

    def wait(self, failures: int) -> timedelta:
        """How long to wait after so many failures."""
        beyond = failures - self.free
        if beyond <= 0:
            return timedelta(0)
        # The exponent is bounded: a timedelta is not as large as an int can be.
        return min(self.first * (1 << min(beyond - 1, 20)), self.longest)


# A person who mistypes waits for nothing; guessing gets some hundred tries a day. Many people share an address.
ACCOUNT = Limit(free=5, first=timedelta(seconds=5), longest=timedelta(minutes=15))
ADDRESS = Limit(free=30, first=timedelta(seconds=5), longest=timedelta(minutes=15))


def account_key(name: str) -> str:
    """The key of a user name, hashed: people type passwords into the wrong field."""
    return "account:" + hashlib.sha256(name.encode()).hexdigest()[:40]


def address_key(address: str) -> str:
    """The key of an address; of IPv6 the network, since one subscriber has all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return "address:unknown"
    if isinstance(parsed, ipaddress.IPv6Address):
        if parsed.ipv4_mapped is not None:
            # So a proxy that listens on both kinds names those who come by IPv4: one network would be all of them.
            return f"address:{parsed.ipv4_mapped}"
        return f"address:{ipaddress.ip_network((parsed, 64), strict=False)}"
    return f"address:{parsed}"
