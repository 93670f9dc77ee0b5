"""The pages on which administrators look after accounts, and people after their own."""

from __future__ import annotations

import re

import pyotp
import pytest

from bot.accounts.model import Role
from tests.accounts.cast import PASSWORD, Parts

from .people import Fields, Person

People = dict[str, Person]
EDITOR = "/admin/users/2"


async def shown(person: Person, path: str) -> str:
    response = await person.get(path)
    assert response.status == 200
    return await response.text()


async def test_list_shows_everybody(people: People) -> None:
    html = await shown(people["admin"], "/admin/users")

    assert [name in html for name in ("admin 同志", "editor 同志", "agent 同志")] == [True] * 3
    assert "2026-03-02 20:00" in html


async def test_new_account_signs_in_with_the_password_that_is_shown_once(people: People, made: Parts) -> None:
    fields: Fields = [("name", "li.na"), ("display_name", "李娜"), ("role", "editor"), ("role", "agent")]
    response = await people["admin"].post("/admin/users/new", fields)
    html = await response.text()
    password = re.search(r'id="password">([a-z0-9-]{19})<', html)

    assert response.status == 200
    assert response.headers["Cache-Control"] == "no-store"
    assert password
    assert (await people["outsider"].sign_in("li.na", password[1])).status == 303
    user = await made.users.named("li.na")
    assert user.temporary
    assert user.roles == {Role.EDITOR, Role.AGENT}
    assert password[1] not in await shown(people["admin"], f"/admin/users/{user.id}")


async def test_refused_account_keeps_what_was_entered(people: People, made: Parts) -> None:
    fields: Fields = [("name", "Editor"), ("display_name", "<b>李娜</b>"), ("role", "agent"), ("role", "emperor")]
    response = await people["admin"].post("/admin/users/new", fields)
    html = await response.text()

    assert response.status == 422
    assert "这个用户名已经有人用了" in html
    assert "&lt;b&gt;李娜&lt;/b&gt;" in html
    assert 'value="agent" checked' in html
    assert len(await made.users.everybody()) == 4


async def test_each_field_says_what_is_wrong_with_it(people: People) -> None:
    html = await (await people["admin"].post("/admin/users/new", {"name": "?"})).text()

    assert 'id="name-error">用户名用 2 到 32 个' in html
    assert "至少选一个角色。" in html
    assert 'aria-describedby="name-hint name-error"' in html


async def test_change_is_saved_with_its_reason(people: People, made: Parts) -> None:
    fields: Fields = [("display_name", "老编辑"), ("role", "reviewer"), ("reason", "转岗")]
    response = await people["admin"].post(f"{EDITOR}/change", fields)

    assert response.headers["Location"] == EDITOR
    html = await shown(people["admin"], EDITOR)
    assert "账号已修改。" in html
    assert 'value="reviewer" checked' in html
    [recorded] = await made.logged(verb="change")
    assert (recorded.entry.by.name, recorded.entry.reason) == ("admin", "转岗")


@pytest.mark.parametrize("act", ["change", "disable", "password", "two-steps/end", "sessions/end", "enable"])
async def test_act_without_a_reason_is_not_done(people: People, made: Parts, act: str) -> None:
    before = len(await made.logged())
    fields = {"display_name": "x", "role": "agent", "reason": " "}

    response = await people["admin"].post(f"{EDITOR}/{act}", fields)

    assert response.status == 422
    assert "写明原因" in await response.text()
    assert len(await made.logged()) == before


async def test_disabled_person_is_out_and_enabled_again(people: People) -> None:
    await people["admin"].post(f"{EDITOR}/disable", {"reason": "离职"})
    assert "已停用" in await shown(people["admin"], "/admin/users")
    assert (await people["editor"].get("/admin/")).status == 303
    assert (await people["editor"].sign_in("editor")).status == 422

    await people["admin"].post(f"{EDITOR}/enable", {"reason": "回来了"})

    assert (await people["editor"].sign_in("editor")).status == 303


async def test_nobody_locks_himself_out(people: People, made: Parts) -> None:
    disabled = await people["admin"].post("/admin/users/1/disable", {"reason": "x"})
    changed = await people["admin"].post(
        "/admin/users/1/change", {"display_name": "x", "role": "editor", "reason": "x"}
    )

    assert (disabled.status, changed.status) == (422, 422)
    assert "请另一位管理员来做" in await disabled.text()
    assert (await made.users.named("admin")).roles == {Role.ADMINISTRATOR}


async def test_reset_password_is_shown_once_and_ends_the_sessions(people: People) -> None:
    response = await people["admin"].post(f"{EDITOR}/password", {"reason": "忘了"})
    password = re.search(r'id="password">([a-z0-9-]{19})<', await response.text())

    assert password
    assert (await people["editor"].get("/admin/")).status == 303
    assert (await people["editor"].sign_in("editor")).status == 422
    assert (await people["editor"].sign_in("editor", password[1])).status == 303


async def test_sessions_of_others_are_ended(people: People) -> None:
    session = re.search(r'action="(/admin/users/2/sessions/\d+/end)"', await shown(people["admin"], EDITOR))
    assert session

    await people["admin"].post(session[1], {"reason": "可疑"})
    assert (await people["editor"].get("/admin/")).status == 303
    await people["editor"].sign_in("editor")
    await people["admin"].post(f"{EDITOR}/sessions/end", {"reason": "可疑"})

    assert (await people["editor"].get("/admin/")).status == 303
    assert "没有在任何地方登录" in await shown(people["admin"], EDITOR)


async def test_own_page_shows_and_ends_sessions(people: People) -> None:
    for _ in range(2):
        other = Person(people["editor"].server, "Mozilla/5.0 (iPhone) MicroMessenger/8.0")
        await other.sign_in("editor")
        await other.leave()
    html = await shown(people["editor"], "/admin/account")
    assert html.count("微信 · iPhone") == 2
    assert "127.0.0.1" in html
    [first, second] = sorted(set(re.findall(r'action="(/admin/account/sessions/\d+/end)"', html)))

    await people["editor"].post(first)
    html = await shown(people["editor"], "/admin/account")
    assert first not in html
    assert second in html
    await people["editor"].post("/admin/account/sessions/end-others")

    assert "微信" not in (await shown(people["editor"], "/admin/account")).replace("微信小程序", "")


async def test_own_password_is_changed(people: People) -> None:
    new = "another good password"
    wrong = await people["editor"].post(
        "/admin/account/password", {"password": "wrong password", "new": new, "again": new}
    )
    assert wrong.status == 422
    assert 'id="password-error">密码不对。' in await wrong.text()

    right = await people["editor"].post("/admin/account/password", {"password": PASSWORD, "new": new, "again": new})

    assert right.status == 303
    assert "密码已修改" in await shown(people["editor"], "/admin/account")
    assert (await people["outsider"].sign_in("editor", new)).status == 303


async def test_two_steps_are_turned_on_and_off(people: People, made: Parts) -> None:
    person = people["editor"]
    assert (await person.post("/admin/account/two-steps", {"totp_password": "wrong"})).status == 422
    begun = await (await person.post("/admin/account/two-steps", {"totp_password": PASSWORD})).text()
    found = re.search(r'class="secret">([A-Z2-7 ]+)<', begun)
    assert found
    assert "<svg" in begun
    secret = found[1].replace(" ", "")

    wrong = await person.post("/admin/account/two-steps/confirm", {"code": "000000"})
    assert wrong.status == 422
    assert found[1] in await wrong.text()
    code = pyotp.TOTP(secret).at(made.clock.now)
    await person.post("/admin/account/two-steps/confirm", {"code": code})

    html = await shown(person, "/admin/account")
    assert "已打开" in html
    assert secret not in html.replace(" ", "")
    assert (await person.post("/admin/account/two-steps/confirm", {"code": code})).status == 303
    assert (await person.post("/admin/account/two-steps/end", {"totp_password": "wrong"})).status == 422
    await person.post("/admin/account/two-steps/end", {"totp_password": PASSWORD})
    assert "未打开" in await shown(person, "/admin/account")


async def test_administrator_turns_two_steps_off(people: People, made: Parts) -> None:
    _, who = await made.sign_in("editor")
    secret = await made.own.begin_two_steps(who, PASSWORD)
    await made.own.confirm_two_steps(who, pyotp.TOTP(secret).at(made.clock.now))
    assert "关闭两步验证" in await shown(people["admin"], EDITOR)

    await people["admin"].post(f"{EDITOR}/two-steps/end", {"reason": "手机丢了"})

    assert "关闭两步验证" not in (await shown(people["admin"], EDITOR)).replace("两步验证已关闭", "")
    assert not (await made.users.named("editor")).two_steps
