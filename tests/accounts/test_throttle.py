"""The keys by which failures and uses are counted."""

from __future__ import annotations

import pytest

from bot.accounts.throttle import address_key


@pytest.mark.parametrize(
    ("address", "key"),
    [
        ("203.0.113.7", "address:203.0.113.7"),
        ("::ffff:203.0.113.7", "address:203.0.113.7"),
        ("2001:db8:1:2:3::4", "address:2001:db8:1:2::/64"),
        ("", "address:unknown"),
    ],
)
def test_address_key_is_of_one_subscriber(address: str, key: str) -> None:
    assert address_key(address) == key
