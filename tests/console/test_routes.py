"""Every route of the consoles: works, wrong role, not signed in, wrong method, missing or foreign token."""

from __future__ import annotations

import re
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.accounts.audit import Actor
from bot.accounts.model import EVERYBODY, Role
from bot.console import page
from bot.console.page import RouteUndeclared, access_of
from bot.consoles import Contents
from bot.content.room import ContentRoom
from policies_kb.parts import Questions, questions_part

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
    "/admin/content": DRAFT | APPROVE,
    "/admin/content/": DRAFT | APPROVE,
    "/admin/content/new": DRAFT,
    "/admin/content/topics/annuity": DRAFT | APPROVE,
    "/admin/content/topics/annuity/edit": DRAFT,
    "/admin/content/topics/annuity/compare?before=1&after=1": DRAFT | APPROVE,
    "/admin/content/shared": DRAFT | APPROVE,
    "/admin/content/shared/contacts": DRAFT | APPROVE,
    "/admin/content/shared/contacts/compare?before=1&after=1": DRAFT | APPROVE,
    "/admin/content/shared/contacts/new": DRAFT,
    "/admin/content/shared/contacts/entries/union": DRAFT,
    "/admin/content/questions": DRAFT | APPROVE,
    "/admin/content/questions/annuity": DRAFT | APPROVE,
    "/admin/content/questions/annuity/compare?before=1&after=1": DRAFT | APPROVE,
    "/admin/content/questions/annuity/edit": DRAFT,
    "/admin/content/documents": DRAFT | APPROVE,
    "/admin/content/documents/new": DRAFT,
    "/admin/content/documents/paper": DRAFT | APPROVE,
    "/admin/content/documents/paper/compare?before=1&after=1": DRAFT | APPROVE,
    "/admin/content/documents/paper/edit": DRAFT,
    "/admin/content/documents/paper/items/1": DRAFT | APPROVE,
    "/admin/content/documents/paper/editions?before=1&after=1": DRAFT | APPROVE,
    "/admin/content/exchange": DRAFT | APPROVE,
    "/admin/content/exchange/content.xlsx": DRAFT | APPROVE,
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
    "/admin/content/new": DRAFT,
    "/admin/content/preview": DRAFT,
    "/admin/content/topics/annuity/edit": DRAFT,
    "/admin/content/topics/annuity/retire": APPROVE,
    "/admin/content/shared/contacts/new": DRAFT,
    "/admin/content/shared/contacts/preview": DRAFT,
    "/admin/content/shared/contacts/entries/union": DRAFT,
    "/admin/content/questions/annuity/edit": DRAFT,
    "/admin/content/documents/new": DRAFT,
    "/admin/content/documents/paper/edit": DRAFT,
    "/admin/content/documents/paper/upload": DRAFT,
    "/admin/content/exchange/look": DRAFT,
    "/admin/content/exchange/take": DRAFT,
} | {
    f"/admin/content/{part}/{act}": allowed
    for part in ("topics/annuity", "shared/contacts", "questions/annuity", "documents/paper")
    for act, allowed in {
        "submit": DRAFT,
        "withdraw": DRAFT,
        "drop": DRAFT,
        "publish": APPROVE,
        "send-back": APPROVE,
        "unschedule": APPROVE,
        "roll-back": ADMIN,
    }.items()
}
MOVED = ("/admin", "/admin/content/")
People = dict[str, Person]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine: the guard is the same on each, and the table is long."""
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


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


NAMES = {
    "user": "2",
    "session": "999",
    "topic": "annuity",
    "shared": "contacts",
    "entry": "union",
    "questions": "annuity",
    "document": "paper",
    "item": "1",
    "kind": "xlsx",
}


def _filled(path: str) -> str:
    return re.sub(r"\{(\w+)\}", lambda name: NAMES[name[1]], path)


@pytest.fixture
async def own_parts(room: ContentRoom, contents: Contents) -> None:
    """A version of a topic's questions and an edition of a paper, so that their pages are there."""
    await contents.papers.upload(Actor(99, "x"), "paper", "x.txt", "1.年金")
    await room.drafts.begin(Actor(99, "x"), questions_part("annuity"), Questions(("年金谁给交",)), "")


@pytest.mark.usefixtures("own_parts")
async def test_page_is_for_its_roles(people: People) -> None:
    for path, allowed in PAGES.items():
        statuses = {name: (await people[name].get(path)).status for name in ALL}

        assert statuses == {name: (303 if path in MOVED else 200) if name in allowed else 403 for name in ALL}, path


async def test_page_sends_an_outsider_to_sign_in_and_back(people: People) -> None:
    for path in PAGES:
        response = await people["outsider"].get(path)

        assert (response.status, response.headers["Location"]) == (303, f"/admin/login?next={quote(path)}")


async def test_action_is_for_its_roles(people: People) -> None:
    tokens = {name: {"X-CSRF-Token": await people[name].csrf()} for name in ALL}
    for path, allowed in ACTIONS.items():
        for name in ALL - allowed:
            response = await people[name].request("POST", path, {"reason": "x"}, tokens[name])

            assert response.status == 403, (path, name)


async def test_action_sends_an_outsider_to_sign_in(people: People) -> None:
    for path in ACTIONS:
        response = await people["outsider"].request("POST", path)

        assert (response.status, response.headers["Location"]) == (303, "/admin/login"), path


async def test_form_without_its_own_token_changes_nothing(people: People) -> None:
    anothers = await people["agent"].csrf()
    for path in (*ACTIONS, "/admin/login", "/admin/login/code"):
        person = people["admin" if "admin" in ACTIONS.get(path, ADMIN) else "editor"]
        for token in ({}, {"csrf": ""}, {"csrf": "0" * 64}, {"csrf": anothers}):
            response = await person.request("POST", path, {"name": "admin", "reason": "x"} | token)

            assert response.status == 403, path
            assert "这张表已经过期" in await response.text()
    assert (await people["admin"].get("/admin/")).status == 200
    assert "停用" not in await (await people["admin"].get("/admin/users")).text()


async def test_token_may_come_in_a_header(people: People) -> None:
    headers = {"X-CSRF-Token": await people["admin"].csrf()}

    response = await people["admin"].request("POST", "/admin/users/2/disable", {"reason": "离职"}, headers)

    assert response.status == 303


async def test_action_is_not_done_by_opening_its_address(people: People) -> None:
    for path in ACTIONS.keys() - PAGES.keys():
        response = await people["admin"].get(path)

        assert (response.status, response.headers["Allow"]) == (405, "POST"), path


async def test_page_takes_no_form(people: People) -> None:
    headers = {"X-CSRF-Token": await people["admin"].csrf()}
    for path in PAGES.keys() - ACTIONS.keys():
        for method in ("POST", "PUT", "DELETE", "PATCH"):
            assert (await people["admin"].request(method, path, None, headers)).status == 405, path


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
        "/admin/content/shared/nothing",
        "/admin/content/questions/nothing",
        "/admin/content/documents/nothing",
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
