"""What stands before every page: headers, cookies, sessions that end, and failures."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer, make_mocked_request

from bot import consoles
from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import EVERYBODY
from bot.console.address import browser, visit_through
from bot.console.page import page
from bot.consoles import Consoles
from bot.content.room import ContentRoom
from bot.settings import Settings
from bot.switches.live import LiveSwitches
from tests.accounts.cast import PASSWORD, Parts
from tests.factories import settings_in

from .people import Person

People = dict[str, Person]


@pytest.mark.parametrize("path", ["/admin/", "/admin/login", "/admin/no", "/admin/logout"])
async def test_whatever_a_console_answers_is_guarded_by_headers(people: People, path: str) -> None:
    headers = (await people["admin"].get(path)).headers

    policy = dict(part.strip().partition(" ")[::2] for part in headers["Content-Security-Policy"].split(";"))
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert headers["Cache-Control"] == "no-store"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


async def test_pages_elsewhere_are_left_alone(people: People) -> None:
    response = await people["outsider"].get("/")

    assert response.headers["Cache-Control"] == "no-cache"
    assert people["outsider"].cookies() == {}


@pytest.mark.parametrize("path", ["/admin/", "/admin/account", "/admin/users", "/admin/users/2", "/admin/audit"])
async def test_page_keeps_its_own_policy(people: People, path: str) -> None:
    html = await (await people["admin"].get(path)).text()

    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert html.count('method="post"') == html.count('name="csrf" value=')


async def test_cookies_of_a_real_service_are_for_https_and_this_host(
    tmp_path: Path, services: Consoles, made: Parts, room: ContentRoom, switches: LiveSwitches
) -> None:
    app = web.Application()
    consoles.install(app, settings_in(tmp_path), services, room, switches)
    async with TestServer(app) as server:
        person = Person(server)
        visit = (await person.get("/admin/login")).cookies["__Host-gongyou-visit"]
        csrf = re.search(
            r'csrf" content="(\w+)',
            await (await person.request("GET", "/admin/login", None, {"Cookie": visit.OutputString()})).text(),
        )
        assert csrf
        fields = {"name": "admin", "password": PASSWORD, "csrf": csrf[1]}
        cookie = f"{visit.key}={visit.value}"
        session = (await person.request("POST", "/admin/login", fields, {"Cookie": cookie})).cookies[
            "__Host-gongyou-session"
        ]
        await person.leave()

    for kept in (visit, session):
        assert kept["secure"]
        assert kept["httponly"]
        assert (kept["samesite"], kept["path"], kept["domain"]) == ("Lax", "/", "")


async def test_cookies_of_a_demonstration_are_kept_from_scripts_and_other_sites(people: People) -> None:
    cookie = (await people["outsider"].sign_in("editor")).cookies["gongyou-session"]

    assert cookie["httponly"]
    assert (cookie["samesite"], cookie["path"], cookie["secure"]) == ("Lax", "/", "")


async def test_session_is_renewed_at_sign_in(people: People) -> None:
    before = people["editor"].cookies()["gongyou-session"]
    await people["editor"].sign_in("editor")
    after = people["editor"].cookies()["gongyou-session"]

    assert before != after
    response = await people["outsider"].request("GET", "/admin/", None, {"Cookie": f"gongyou-session={before}"})
    assert response.status == 303


async def test_session_without_use_ends_and_is_told(people: People, made: Parts) -> None:
    made.clock.forward(minutes=31)

    response = await people["admin"].get("/admin/users?x=1")

    assert response.headers["Location"] == "/admin/login?next=/admin/users%3Fx%3D1"
    html = await (await people["admin"].get(response.headers["Location"])).text()
    assert "登录已过期，请重新登录。" in html
    assert 'name="next" value="/admin/users?x=1"' in html
    assert "登录已过期" not in await (await people["admin"].get("/admin/login")).text()


async def test_what_is_no_browser_is_told_by_status(people: People) -> None:
    assert (await people["outsider"].get("/admin/users", Accept="application/json")).status == 401


async def test_temporary_password_opens_the_own_account_only(people: People, made: Parts) -> None:
    editor = await made.users.named("editor")
    await made.users.set_password(COMMAND_LINE, editor, "given by another", "x", temporary=True)
    await people["editor"].sign_in("editor", "given by another")

    response = await people["editor"].get("/admin/")

    assert response.headers["Location"] == "/admin/account"
    assert "请先改成只有自己知道的" in await (await people["editor"].get("/admin/account")).text()
    fields = {"password": "given by another", "new": PASSWORD, "again": PASSWORD}
    assert (await people["editor"].post("/admin/account/password", fields)).status == 303
    assert (await people["editor"].get("/admin/")).status == 200


@pytest.fixture
async def failing(
    settings: Settings, services: Consoles, room: ContentRoom, switches: LiveSwitches
) -> AsyncIterator[BaseTestServer]:
    async def fail(request: web.Request) -> web.Response:
        raise RuntimeError("MARKED")

    app = web.Application()
    app.add_routes([page("/desk/fails", fail, roles=EVERYBODY)])
    consoles.install(app, settings, services, room, switches)
    async with TestServer(app) as server:
        yield server


async def test_failure_is_told_without_its_text(
    failing: BaseTestServer, made: Parts, capsys: pytest.CaptureFixture[str]
) -> None:
    person = Person(failing)
    await person.sign_in("agent")

    response = await person.get("/desk/fails")
    await person.leave()

    assert response.status == 500
    assert "MARKED" not in await response.text()
    assert "出了点问题" in await response.text()
    assert "/desk/fails" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("proxies", "forwarded", "address"),
    [
        (0, "203.0.113.9", "198.51.100.1"),
        (1, "203.0.113.9", "203.0.113.9"),
        (1, "10.0.0.1, 203.0.113.9", "203.0.113.9"),
        (2, "203.0.113.9, 10.0.0.1", "203.0.113.9"),
        (2, "203.0.113.9", "198.51.100.1"),
        (1, "nonsense", "198.51.100.1"),
        (1, None, "198.51.100.1"),
        (1, "2001:DB8::1", "2001:db8::1"),
    ],
)
def test_address_is_the_one_that_our_proxies_name(proxies: int, forwarded: str | None, address: str) -> None:
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = make_mocked_request("GET", "/", headers).clone(remote="198.51.100.1")

    assert visit_through(proxies)(request).address == address


@pytest.mark.parametrize(
    ("user_agent", "told"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/140.0 Safari/537.36", "Chrome · Windows"),
        ("Mozilla/5.0 (Windows NT 10.0) Chrome/140.0 Safari/537.36 Edg/140.0", "Edge · Windows"),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) MicroMessenger/8.0", "微信 · iPhone"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
        ("x" * 300, "x" * 200),
    ],
)
def test_browser_is_told_as_people_know_it(user_agent: str, told: str) -> None:
    assert browser(user_agent) == told
