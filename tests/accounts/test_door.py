"""Signing in and out, how long a session lives, and waiting after failures."""

from __future__ import annotations

import asyncio
import hashlib
from datetime import timedelta

import pytest
from sqlalchemy import select, update

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.errors import Reason, Refused, TooManyAttempts
from bot.accounts.model import Role, Visit
from bot.storage.console_tables import ConsoleSession, SignInFailures
from bot.storage.database import Database

from .cast import HERE, PASSWORD, Parts


async def fail(made: Parts, name: str = "admin", times: int = 1, address: str = HERE.address) -> None:
    for _ in range(times):
        with pytest.raises(Refused):
            await made.door.enter(name, "wrong password", Visit(address, ""))


async def test_right_password_opens_a_session(made: Parts) -> None:
    opened, who = await made.sign_in("editor")

    assert opened.complete
    assert who.user.name == "editor"
    assert who.user.roles == {Role.EDITOR}
    [session] = await made.own.sessions(who)
    assert (session.address, session.browser) == ("203.0.113.5", "Firefox")


async def test_user_name_is_taken_in_any_case_and_trimmed(made: Parts) -> None:
    assert (await made.sign_in(" Editor "))[1].user.name == "editor"


async def test_wrong_password_unknown_name_and_disabled_account_are_refused_alike(made: Parts) -> None:
    await made.users.disable(COMMAND_LINE, await made.users.named("agent"), "")
    told = []

    for name, password in (("admin", "wrong password"), ("nobody", PASSWORD), ("agent", PASSWORD), ("", "")):
        with pytest.raises(Refused) as refused:
            await made.door.enter(name, password, HERE)
        told.append(refused.value.problems)

    assert len(set(map(str, told))) == 1
    assert told[0][0].reason is Reason.SIGN_IN_WRONG


async def test_token_is_kept_as_its_hash_only(made: Parts, database: Database) -> None:
    opened, _ = await made.sign_in()

    async with database.sessions() as session:
        [row] = await session.scalars(select(ConsoleSession))

    assert row.token_hash == hashlib.sha256(opened.token.encode()).hexdigest()
    assert await made.door.who(row.token_hash) is None


async def test_signing_in_again_replaces_the_session_of_the_browser(made: Parts) -> None:
    first, _ = await made.sign_in()

    second = await made.door.enter("admin", PASSWORD, HERE, replaced=first.token)

    assert second.token != first.token
    assert await made.door.who(first.token) is None
    assert await made.door.who(second.token) is not None


async def test_session_ends_after_half_an_hour_without_use(made: Parts) -> None:
    opened, _ = await made.sign_in()

    for _ in range(3):
        made.clock.forward(minutes=29)
        assert await made.door.who(opened.token) is not None
    made.clock.forward(minutes=30)

    assert await made.door.who(opened.token) is None


async def test_session_ends_after_twelve_hours_of_use(made: Parts) -> None:
    opened, _ = await made.sign_in()

    for _ in range(35):
        made.clock.forward(minutes=20)
        assert await made.door.who(opened.token) is not None
    made.clock.forward(minutes=20)

    assert await made.door.who(opened.token) is None


async def test_sessions_past_their_end_are_deleted_at_the_next_sign_in(made: Parts, database: Database) -> None:
    await made.sign_in("editor")
    made.clock.forward(hours=12)

    await made.sign_in("agent")

    async with database.sessions() as session:
        assert len(list(await session.scalars(select(ConsoleSession)))) == 1


async def test_signing_out_ends_the_session(made: Parts) -> None:
    opened, _ = await made.sign_in()

    await made.door.leave(opened.token)

    assert await made.door.who(opened.token) is None


async def test_disabled_account_is_out_at_once(made: Parts) -> None:
    opened, _ = await made.sign_in("editor")

    await made.users.disable(COMMAND_LINE, await made.users.named("editor"), "")

    assert await made.door.who(opened.token) is None


async def test_wait_grows_with_the_failures_of_an_account(made: Parts) -> None:
    await fail(made, times=6)
    waits = []

    for _ in range(4):
        with pytest.raises(TooManyAttempts) as refused:
            await made.door.enter("admin", PASSWORD, HERE)
        waits.append(refused.value.free_at - made.clock.now)
        made.clock.now = refused.value.free_at
        await fail(made)

    assert waits == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]


async def test_wait_is_the_same_for_names_without_account(made: Parts) -> None:
    await fail(made, "nobody", times=6)

    with pytest.raises(TooManyAttempts):
        await made.door.enter("nobody", PASSWORD, HERE)


async def test_wait_of_one_account_leaves_the_others_alone(made: Parts) -> None:
    await fail(made, times=6)

    await made.sign_in("editor")


async def test_success_forgets_the_failures(made: Parts) -> None:
    for _ in range(4):
        await fail(made, times=5)
        await made.sign_in()


async def test_failures_are_forgotten_after_a_day(made: Parts) -> None:
    await fail(made, times=6)
    made.clock.forward(hours=25)

    await fail(made, times=5)
    await made.sign_in()


async def test_address_that_tries_many_names_has_to_wait(made: Parts) -> None:
    for number in range(31):
        await fail(made, f"name{number}")

    with pytest.raises(TooManyAttempts):
        await made.door.enter("admin", PASSWORD, HERE)
    await made.door.enter("admin", PASSWORD, Visit("203.0.113.6", ""))


async def test_ipv6_counts_by_network(made: Parts) -> None:
    for number in range(31):
        await fail(made, f"name{number}", address=f"2001:db8:1:2::{number:x}")

    with pytest.raises(TooManyAttempts):
        await made.door.enter("admin", PASSWORD, Visit("2001:db8:1:2:ffff::1", ""))


async def test_success_does_not_count_against_the_address(made: Parts) -> None:
    for _ in range(40):
        await made.sign_in()


async def test_attempts_at_once_do_not_slip_through(made: Parts) -> None:
    tries = [made.door.enter("admin", f"guess number {number}", HERE) for number in range(20)]

    results = await asyncio.gather(*tries, return_exceptions=True)

    assert sum(isinstance(result, TooManyAttempts) for result in results) == 14


async def test_wait_is_shared_through_the_database(made: Parts, database: Database) -> None:
    async with database.sessions.begin() as session:
        session.add(
            SignInFailures(
                key="address:203.0.113.5",
                failures=50,
                last_at=made.clock.now,
                free_at=made.clock.now + timedelta(minutes=1),
            )
        )

    with pytest.raises(TooManyAttempts):
        await made.door.enter("editor", PASSWORD, HERE)
    async with database.sessions.begin() as session:
        await session.execute(update(SignInFailures).values(free_at=made.clock.now))
    await made.sign_in("editor")


async def test_names_that_fail_are_not_kept_as_text(made: Parts, database: Database) -> None:
    await fail(made, "my-secret-password")

    async with database.sessions() as session:
        keys = list(await session.scalars(select(SignInFailures.key)))

    assert len(keys) == 2
    assert not any("secret" in key for key in keys)


async def test_log_names_nobody_and_holds_no_secret(made: Parts, capsys: pytest.CaptureFixture[str]) -> None:
    opened, _ = await made.sign_in("editor")
    await fail(made, "editor", times=6)
    with pytest.raises(TooManyAttempts):
        await made.door.enter("editor", PASSWORD, HERE)

    told = capsys.readouterr().out
    assert [event in told for event in ("signed_in", "sign_in_refused", "sign_in_throttled")] == [True] * 3
    assert [part for part in ("editor", PASSWORD, "wrong password", opened.token, HERE.address) if part in told] == []
