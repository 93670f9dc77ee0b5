"""Every route of the consoles: works, wrong role, not signed in, wrong method, missing or foreign token."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.accounts.model import EVERYBODY, Role
from bot.console import page
from bot.console.page import RouteUndeclared, access_of

from .people import Person

ALL = {"admin", "editor", "agent", "reviewer"}
DRAFT = {"editor"}
APPROVE = {"admin", "reviewer"}
ADMIN = {"admin"}
PAGES = {
    "/admin": ALL,
    "/admin/": ALL,
    "/admin/account": ALL,
    "/admin/users": ADMIN,
    "/admin/users/new": ADMIN,
    "/admin/users/2": ADMIN,
    "/admin/audit": ADMIN,
    "/admin/switches": ADMIN,
    "/admin/content": DRAFT | APPROVE,
    "/admin/content/": DRAFT | APPROVE,
    "/admin/content/new": DRAFT,
    "/admin/content/topics/annuity": DRAFT | APPROVE,
    "/admin/content/topics/annuity/edit": DRAFT,
    "/admin/content/topics/annuity/compare?before=1&after=1": DRAFT | APPROVE,
}
ACTIONS = {
    "/admin/logout": ALL,
    "/admin/account/password": ALL,
    "/admin/account/two-steps": ALL,
    "/admin/account/two-steps/confirm": ALL,
    "/admin/account/two-steps/end": ALL,
    "/admin/account/sessions/end-others": ALL,
    "/admin/account/sessions/999/end": ALL,
    "/admin/users/new": ADMIN,
    "/admin/users/2/change": ADMIN,
    "/admin/users/2/disable": ADMIN,
    "/admin/users/2/enable": ADMIN,
    "/admin/users/2/password": ADMIN,
    "/admin/users/2/two-steps/end": ADMIN,
    "/admin/users/2/sessions/end": ADMIN,
    "/admin/users/2/sessions/999/end": ADMIN,
    "/admin/switches/assistant": ADMIN,
    "/admin/switches/topic": ADMIN,
    "/admin/content/new": DRAFT,
    "/admin/content/preview": DRAFT,
    "/admin/content/topics/annuity/edit": DRAFT,
    "/admin/content/topics/annuity/submit": DRAFT,
    "/admin/content/topics/annuity/withdraw": DRAFT,
    "/admin/content/topics/annuity/drop": DRAFT,
    "/admin/content/topics/annuity/publish": APPROVE,
    "/admin/content/topics/annuity/send-back": APPROVE,
    "/admin/content/topics/annuity/unschedule": APPROVE,
    "/admin/content/topics/annuity/retire": APPROVE,
    "/admin/content/topics/annuity/roll-back": ADMIN,
}
MOVED = ("/admin", "/admin/content/")
People = dict[str, Person]


def test_table_of_this_test_is_complete(server: BaseTestServer) -> None:
    assert isinstance(server, TestServer)
    declared = {
        (route.method, _filled(route.resource.canonical))
        for route in server.app.router.routes()
        if route.resource is not None and (access := access_of(route.handler)) and access.roles is not None
    }

    told = {(method, path.partition("?")[0]) for path in PAGES for method in ("GET", "HEAD")} | {
        ("POST", path) for path in ACTIONS
    }
    assert declared == told


def _filled(path: str) -> str:
    return path.replace("{user}", "2").replace("{session}", "999").replace("{topic}", "annuity")


@pytest.mark.parametrize(("path", "allowed"), PAGES.items())
async def test_page_is_for_its_roles(people: People, path: str, allowed: set[str]) -> None:
    statuses = {name: (await people[name].get(path)).status for name in ALL}

    assert statuses == {name: (303 if path in MOVED else 200) if name in allowed else 403 for name in ALL}


@pytest.mark.parametrize("path", PAGES)
async def test_page_sends_an_outsider_to_sign_in_and_back(people: People, path: str) -> None:
    response = await people["outsider"].get(path)

    assert response.status == 303
    assert response.headers["Location"] == f"/admin/login?next={quote(path)}"


@pytest.mark.parametrize(("path", "allowed"), ACTIONS.items())
async def test_action_is_for_its_roles(people: People, path: str, allowed: set[str]) -> None:
    for name in ALL - allowed:
        assert (await people[name].post(path, {"reason": "x"})).status == 403


@pytest.mark.parametrize("path", ACTIONS)
async def test_action_sends_an_outsider_to_sign_in(people: People, path: str) -> None:
    response = await people["outsider"].post(path)

    assert response.status == 303
    assert response.headers["Location"] == "/admin/login"


@pytest.mark.parametrize("path", [*ACTIONS, "/admin/login", "/admin/login/code"])
async def test_form_without_its_own_token_changes_nothing(people: People, path: str) -> None:
    anothers = await people["agent"].csrf()
    allowed = ACTIONS.get(path, ADMIN)
    person = people["admin" if "admin" in allowed else "editor"]

    for token in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": anothers}):
        response = await person.request("POST", path, {"name": "admin", "reason": "x"} | token)

        assert response.status == 403
        assert "这张表已经过期" in await response.text()
    assert (await people["admin"].get("/admin/")).status == 200
    assert "停用" not in await (await people["admin"].get("/admin/users")).text()


async def test_token_may_come_in_a_header(people: People) -> None:
    headers = {"X-CSRF-Token": await people["admin"].csrf()}

    response = await people["admin"].request("POST", "/admin/users/2/disable", {"reason": "离职"}, headers)

    assert response.status == 303


@pytest.mark.parametrize("path", [path for path in ACTIONS if path not in PAGES])
async def test_action_is_not_done_by_opening_its_address(people: People, path: str) -> None:
    response = await people["admin"].get(path)

    assert response.status == 405
    assert response.headers["Allow"] == "POST"


@pytest.mark.parametrize("path", [path for path in PAGES if path not in ACTIONS])
async def test_page_takes_no_form(people: People, path: str) -> None:
    headers = {"X-CSRF-Token": await people["admin"].csrf()}

    for method in ("POST", "PUT", "DELETE", "PATCH"):
        assert (await people["admin"].request(method, path, None, headers)).status == 405


@pytest.mark.parametrize(
    "path",
    [
        "/admin/users/999",
        "/admin/users/0",
        "/admin/users/x",
        "/admin/users/9999999999999999999999",
        "/admin/no",
        "/admin/content/topics/nothing",
        "/admin/content/topics/X",
    ],
)
async def test_what_does_not_exist_is_not_found(people: People, path: str) -> None:
    response = await people["admin"].get(path)

    assert response.status == 404
    assert "没有这一页" in await response.text()


@pytest.mark.parametrize("path", ["/admin/users/999/disable", "/admin/users/2/sessions/999/end"])
async def test_act_on_what_does_not_exist_is_not_found(people: People, path: str) -> None:
    assert (await people["admin"].post(path, {"reason": "x"})).status == 404


async def nothing(request: web.Request) -> web.Response:
    return web.Response()


@pytest.mark.parametrize("path", ["/admin/open", "/desk", "/desk/queue", "/admin/{any}"])
def test_route_that_declares_nobody_stops_the_start(path: str) -> None:
    app = web.Application()
    app.add_routes([web.get(path, nothing)])

    with pytest.raises(RouteUndeclared, match="declare it with"):
        page.check(app.router.routes())


def test_route_for_no_role_stops_the_start() -> None:
    with pytest.raises(RouteUndeclared, match="is for nobody"):
        page.page("/admin/x", nothing, roles=frozenset())


def test_route_of_another_method_stops_the_start() -> None:
    app = web.Application()
    app.add_routes([web.delete("/desk/x", page.page("/desk/x", nothing, roles=EVERYBODY).handler)])

    with pytest.raises(RouteUndeclared, match="GET and POST only"):
        page.check(app.router.routes())


def test_routes_elsewhere_need_no_roles() -> None:
    app = web.Application()
    app.add_routes([web.get("/administration", nothing), page.page("/desk/", nothing, roles=frozenset({Role.AGENT}))])

    page.check(app.router.routes())
