"""Signing in and out on the pages."""

from __future__ import annotations

import pyotp
import pytest

from bot.accounts.audit import COMMAND_LINE
from tests.accounts.cast import PASSWORD, Parts

from .people import Person

People = dict[str, Person]


async def test_right_password_leads_to_the_page_that_was_asked_for(people: People) -> None:
    response = await people["outsider"].sign_in("admin", next="/admin/audit?verb=add")

    assert response.status == 303
    assert response.headers["Location"] == "/admin/audit?verb=add"
    assert (await people["outsider"].get("/admin/audit")).status == 200


@pytest.mark.parametrize(
    "path",
    [
        "",
        "https://example.com/admin/",
        "//example.com/admin",
        "/\\example.com",
        "/admin/../\\example.com",
        "/",
        "/api/chat",
        "/admin/login",
        "/admin/logout",
        "/admin/users\r\nX: 1",
    ],
)
async def test_signing_in_leads_to_no_other_place(people: People, path: str) -> None:
    response = await people["outsider"].sign_in("admin", next=path)

    assert response.status == 303
    assert response.headers["Location"] == "/admin/"
    assert "X" not in response.headers


@pytest.mark.parametrize(("name", "password"), [("admin", "wrong password"), ("nobody", PASSWORD), ("", "")])
async def test_wrong_password_and_unknown_name_give_the_same_page(people: People, name: str, password: str) -> None:
    response = await people["outsider"].sign_in(name, password)

    assert response.status == 422
    assert "用户名或密码不对。" in await response.text()
    assert "gongyou-session" not in people["outsider"].cookies()


async def test_page_does_not_give_the_password_back_and_escapes_the_name(people: People) -> None:
    response = await people["outsider"].sign_in('"><script>', "a-wrong-password")
    html = await response.text()

    assert "a-wrong-password" not in html
    assert "<script>" not in html


async def test_after_many_failures_the_page_tells_how_long_to_wait(people: People, made: Parts) -> None:
    for _ in range(6):
        await people["outsider"].sign_in("agent", "wrong password")

    response = await people["outsider"].sign_in("agent")

    assert response.status == 429
    assert response.headers["Retry-After"] == "5"
    assert "请 5 秒 后再试" in await response.text()
    made.clock.forward(seconds=5)
    assert (await people["outsider"].sign_in("agent")).status == 303


async def test_whoever_is_signed_in_is_led_past_the_form(people: People) -> None:
    response = await people["agent"].get("/admin/login?next=/admin/account")

    assert response.headers["Location"] == "/admin/account"


async def test_signing_out_ends_the_session_and_says_so(people: People) -> None:
    kept = people["editor"].cookies()["gongyou-session"]
    response = await people["editor"].post("/admin/logout")

    assert response.headers["Location"] == "/admin/login"
    assert "gongyou-session" not in people["editor"].cookies()
    assert "已退出登录。" in await (await people["editor"].get("/admin/login")).text()
    response = await people["outsider"].request("GET", "/admin/", None, {"Cookie": f"gongyou-session={kept}"})
    assert response.status == 303


async def secret_of(made: Parts, name: str) -> str:
    _, who = await made.sign_in(name)
    secret = await made.own.begin_two_steps(who, PASSWORD)
    await made.own.confirm_two_steps(who, pyotp.TOTP(secret).at(made.clock.now))
    made.clock.forward(seconds=30)
    return secret


async def test_code_is_the_second_step(people: People, made: Parts) -> None:
    secret = await secret_of(made, "editor")
    person = people["outsider"]

    first = await person.sign_in("editor", next="/admin/account")
    assert first.headers["Location"] == "/admin/login/code?next=/admin/account"
    assert (await person.get("/admin/account")).headers["Location"].startswith("/admin/login")
    assert 'value="/admin/account"' in await (await person.get(first.headers["Location"])).text()
    wrong = await person.post("/admin/login/code", {"code": "000000", "next": "/admin/account"})
    assert wrong.status == 422
    assert "验证码不对" in await wrong.text()
    code = pyotp.TOTP(secret).at(made.clock.now)
    second = await person.post("/admin/login/code", {"code": code, "next": "/admin/account"})

    assert second.headers["Location"] == "/admin/account"
    assert (await person.get("/admin/account")).status == 200
    again = Person(person.server)
    await again.sign_in("editor")
    assert (await again.post("/admin/login/code", {"code": code})).status == 422
    await again.leave()


async def test_code_without_the_first_step_leads_back(people: People, made: Parts) -> None:
    secret = await secret_of(made, "editor")

    assert (await people["outsider"].get("/admin/login/code")).headers["Location"] == "/admin/login"
    code = pyotp.TOTP(secret).at(made.clock.now)
    response = await people["outsider"].post("/admin/login/code", {"code": code})

    assert response.headers["Location"] == "/admin/login"
    assert "从用户名和密码重新开始" in await (await people["outsider"].get("/admin/login")).text()


async def test_guessing_codes_has_to_wait(people: People, made: Parts) -> None:
    await secret_of(made, "editor")
    await people["outsider"].sign_in("editor")

    statuses = [(await people["outsider"].post("/admin/login/code", {"code": "000000"})).status for _ in range(6)]

    assert statuses == [422] * 5 + [429]


async def test_home_shows_what_the_roles_allow_and_where(people: People) -> None:
    pages = {name: await (await people[name].get("/admin/")).text() for name in ("admin", "agent")}

    assert 'href="/admin/users"' in pages["admin"]
    assert "管理账号和角色" in pages["admin"]
    assert 'href="/admin/users"' not in pages["agent"]
    assert 'href="/admin/account"' in pages["agent"]
    assert "接待微信上的工友" in pages["agent"]


async def test_disabled_person_is_out_at_the_next_page(people: People, made: Parts) -> None:
    await made.users.disable(COMMAND_LINE, await made.users.named("editor"), "离职")

    assert (await people["editor"].get("/admin/")).status == 303
