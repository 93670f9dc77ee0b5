"""Which passwords are accepted, and how they are kept."""

from __future__ import annotations

import pytest
from argon2 import PasswordHasher

from bot.accounts import passwords
from bot.accounts.errors import Reason
from bot.accounts.passwords import Passwords

from .cast import CHEAP, PASSWORD, Parts, parts


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("elevenchars", Reason.PASSWORD_SHORT),
        ("x" * 201, Reason.PASSWORD_LONG),
        ("Wang.Xiaoming", Reason.PASSWORD_IS_NAME),
        ("wang.xiaoming2026", Reason.PASSWORD_IS_NAME),
        ("Password12345", Reason.PASSWORD_COMMON),
        ("Woaini1314520", Reason.PASSWORD_COMMON),
    ],
)
def test_weak_password_is_refused(password: str, reason: Reason) -> None:
    assert [problem.reason for problem in passwords.problems(password, "wang.xiaoming")] == [reason]


@pytest.mark.parametrize("password", [PASSWORD, "工会的门口有两棵大杨树呢", "wang.xiaoming and a bridge"])
def test_strong_password_is_accepted(password: str) -> None:
    assert passwords.problems(password, "wang.xiaoming") == []


def test_common_ones_are_those_that_length_lets_through() -> None:
    assert {len(password) for password in passwords._COMMON} >= {12, 13}
    assert all(len(password) >= passwords.SHORTEST for password in passwords._COMMON)
    assert all(password == password.casefold() for password in passwords._COMMON)


def test_generated_ones_differ_and_are_accepted() -> None:
    some = {passwords.generated() for _ in range(20)}

    assert len(some) == 20
    assert all(passwords.problems(password, "admin") == [] for password in some)


async def test_password_is_known_by_its_hash_only() -> None:
    kept = await Passwords(CHEAP).hash(PASSWORD)

    assert kept.startswith("$argon2id$")
    assert await Passwords(CHEAP).right(kept, PASSWORD)
    assert not await Passwords(CHEAP).right(kept, PASSWORD + "!")


async def test_password_is_one_however_the_keyboard_composes_it() -> None:
    kept = await Passwords(CHEAP).hash("café au lait, bien chaud")

    assert await Passwords(CHEAP).right(kept, "cafe\u0301 au lait, bien chaud")


@pytest.mark.parametrize("kept", [None, "", "damaged"])
async def test_without_a_hash_no_password_is_right(kept: str | None) -> None:
    assert not await Passwords(CHEAP).right(kept, PASSWORD)


async def test_password_is_hashed_anew_when_parameters_rise(made: Parts, database: object) -> None:
    raised = PasswordHasher(time_cost=2, memory_cost=16, parallelism=1)
    before = await made.kept_users.named("editor")
    risen = parts(database.sessions, made.clock, raised)  # type: ignore[attr-defined]

    await risen.sign_in("editor")

    after = await made.kept_users.named("editor")
    assert before is not None
    assert after is not None
    assert after.password_hash != before.password_hash
    assert not raised.check_needs_rehash(after.password_hash)
    await risen.sign_in("editor")
