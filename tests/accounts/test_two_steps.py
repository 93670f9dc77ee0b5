"""Codes of an authenticator app: turning them on, signing in with them, and each only once."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest

from bot.accounts import totp
from bot.accounts.audit import COMMAND_LINE
from bot.accounts.errors import NothingPending, Reason, Refused, TooManyAttempts
from bot.accounts.model import Who

from .cast import HERE, PASSWORD, Parts


def code(made: Parts, secret: str, **later: float) -> str:
    return pyotp.TOTP(secret).at(made.clock.now + timedelta(**later))


async def turn_on(made: Parts, name: str = "admin") -> tuple[str, Who]:
    _, who = await made.sign_in(name)
    secret = await made.own.begin_two_steps(who, PASSWORD)
    await made.own.confirm_two_steps(who, code(made, secret))
    made.clock.forward(seconds=30)
    return secret, who


async def test_code_is_asked_for_after_the_password(made: Parts) -> None:
    secret, _ = await turn_on(made)

    first = await made.door.enter("admin", PASSWORD, HERE)
    assert not first.complete
    assert await made.door.who(first.token) is None
    assert await made.door.awaits_code(first.token)
    second = await made.door.enter_code(first.token, code(made, secret), HERE)

    assert second.token != first.token
    who = await made.door.who(second.token)
    assert who is not None
    assert who.user.two_steps
    assert not await made.door.awaits_code(first.token)


async def test_secret_counts_only_when_a_code_confirmed_it(made: Parts) -> None:
    _, who = await made.sign_in()
    await made.own.begin_two_steps(who, PASSWORD)

    with pytest.raises(Refused):
        await made.own.confirm_two_steps(who, "000000")

    assert (await made.door.enter("admin", PASSWORD, HERE)).complete


async def test_begin_asks_for_the_password(made: Parts) -> None:
    _, who = await made.sign_in()

    with pytest.raises(Refused) as refused:
        await made.own.begin_two_steps(who, "wrong password")

    assert refused.value.problems[0].reason is Reason.PASSWORD_WRONG
    with pytest.raises(NothingPending):
        await made.own.confirm_two_steps(who, "000000")


async def test_code_works_once(made: Parts) -> None:
    secret, _ = await turn_on(made)
    used = code(made, secret)
    first = await made.door.enter("admin", PASSWORD, HERE)
    await made.door.enter_code(first.token, used, HERE)

    again = await made.door.enter("admin", PASSWORD, HERE)
    with pytest.raises(Refused):
        await made.door.enter_code(again.token, used, HERE)


async def test_code_that_turned_it_on_does_not_sign_in(made: Parts) -> None:
    _, who = await made.sign_in()
    secret = await made.own.begin_two_steps(who, PASSWORD)
    used = code(made, secret)
    await made.own.confirm_two_steps(who, used)

    first = await made.door.enter("admin", PASSWORD, HERE)
    with pytest.raises(Refused):
        await made.door.enter_code(first.token, used, HERE)


@pytest.mark.parametrize(("seconds", "right"), [(-60, False), (-30, False), (0, True), (30, True), (60, False)])
async def test_clock_of_the_telephone_may_differ_a_little(made: Parts, seconds: int, *, right: bool) -> None:
    # The code of half a minute ago was used to turn it on.
    secret, _ = await turn_on(made)
    first = await made.door.enter("admin", PASSWORD, HERE)

    try:
        await made.door.enter_code(first.token, code(made, secret, seconds=seconds), HERE)
    except Refused:
        assert not right
    else:
        assert right


@pytest.mark.parametrize("entered", ["", "12345", "abcdef", "１２３４５６", "x" * 5000])
async def test_what_is_no_code_is_refused(made: Parts, entered: str) -> None:
    await turn_on(made)
    first = await made.door.enter("admin", PASSWORD, HERE)

    with pytest.raises(Refused):
        await made.door.enter_code(first.token, entered, HERE)


async def test_code_with_a_space_as_apps_show_it_is_right(made: Parts) -> None:
    secret, _ = await turn_on(made)
    shown = code(made, secret)
    first = await made.door.enter("admin", PASSWORD, HERE)

    assert (await made.door.enter_code(first.token, f"{shown[:3]} {shown[3:]}", HERE)).complete


async def test_second_step_waits_five_minutes(made: Parts) -> None:
    secret, _ = await turn_on(made)
    first = await made.door.enter("admin", PASSWORD, HERE)
    made.clock.forward(minutes=5)

    with pytest.raises(NothingPending):
        await made.door.enter_code(first.token, code(made, secret), HERE)


async def test_guessing_codes_is_throttled_though_the_password_is_known(made: Parts) -> None:
    await turn_on(made)

    for _ in range(3):
        first = await made.door.enter("admin", PASSWORD, HERE)
        with pytest.raises(Refused):
            await made.door.enter_code(first.token, "000000", HERE)

    with pytest.raises(TooManyAttempts):
        await made.door.enter("admin", PASSWORD, HERE)


async def test_owner_turns_it_off_with_the_password(made: Parts) -> None:
    _, who = await turn_on(made)

    with pytest.raises(Refused):
        await made.own.end_two_steps(who, "wrong password")
    await made.own.end_two_steps(who, PASSWORD)

    assert (await made.door.enter("admin", PASSWORD, HERE)).complete


async def test_administrator_turns_it_off_for_a_lost_telephone(made: Parts) -> None:
    await turn_on(made, "editor")

    await made.users.end_two_steps(COMMAND_LINE, await made.users.named("editor"), "手机丢了")

    assert (await made.door.enter("editor", PASSWORD, HERE)).complete
    [entry, *_] = await made.logged(verb="two_steps_off")
    assert (entry.entry.object_id, entry.entry.reason) == ("editor", "手机丢了")


def test_picture_is_plain_svg_that_holds_the_address() -> None:
    picture = totp.picture("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "admin")

    assert picture.startswith("<svg")
    assert not re.search(r"<script|style=|\son\w+=", picture)
    assert totp.address("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", "admin") == (
        "otpauth://totp/Gongyou:admin?secret=JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP&issuer=Gongyou"
    )
