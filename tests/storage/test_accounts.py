"""What all processes share of the official account."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.storage.accounts import AccountRepository
from bot.storage.database import Database
from bot.wechat.tokens import Token
from tests.fakes import NOON, SetClock

TOKEN = Token("t" * 512, NOON + timedelta(hours=2))


@pytest.fixture
def clock() -> SetClock:
    return SetClock()


@pytest.fixture
def account(database: Database, clock: SetClock) -> AccountRepository:
    return AccountRepository(database.sessions, "wx1", clock)


@pytest.fixture
def other(database: Database, clock: SetClock) -> AccountRepository:
    """The same account in another process."""
    return AccountRepository(database.sessions, "wx1", clock)


async def test_token_is_kept_for_all(account: AccountRepository, other: AccountRepository) -> None:
    assert await account.load() is None
    assert await account.begin_renewing()
    await account.end_renewing(TOKEN)

    assert await other.load() == TOKEN


async def test_one_process_renews_at_a_time(account: AccountRepository, other: AccountRepository) -> None:
    assert [await one.begin_renewing() for one in (account, other, account)] == [True, False, False]
    await account.end_renewing(None)

    assert await other.begin_renewing()
    assert await account.load() is None


async def test_renewal_of_a_process_that_died_is_taken_over(
    account: AccountRepository, other: AccountRepository, clock: SetClock
) -> None:
    await account.begin_renewing()
    clock.passes(26)

    assert await other.begin_renewing()
    await account.end_renewing(TOKEN)
    assert await other.load() is None


async def test_failed_renewal_leaves_the_token(account: AccountRepository) -> None:
    await account.begin_renewing()
    await account.end_renewing(TOKEN)
    await account.begin_renewing()
    await account.end_renewing(None)

    assert await account.load() == TOKEN


async def test_fall_back_is_known_to_all(account: AccountRepository, other: AccountRepository) -> None:
    assert await other.passive_until() is None

    await account.fall_back(48001, NOON)

    assert await other.passive_until() == NOON


async def test_accounts_do_not_mix(account: AccountRepository, database: Database, clock: SetClock) -> None:
    await account.begin_renewing()
    await account.end_renewing(TOKEN)

    assert await AccountRepository(database.sessions, "wx2", clock).load() is None


def test_token_is_not_told() -> None:
    assert "ttt" not in repr(TOKEN)
