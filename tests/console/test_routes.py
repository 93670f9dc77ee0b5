"""Every route of the consoles: works, wrong role, not signed in, wrong method, missing or foreign token."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote

import pytest
from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestServer

from bot.accounts.audit import Actor
from bot.accounts.model import EVERYBODY, Role
from bot.assistant.port import Message, Reply, Understanding
from bot.clients.live import LiveClients
from bot.clients.model import Draft as ClientDraft
from bot.console import page
from bot.console.page import RouteUndeclared, access_of
from bot.insight.service import Insight
from bot.learning.room import LearningRoom
from bot.replies.model import Draft
from bot.replies.room import RepliesRoom
from bot.rooms.content import Contents
from bot.storage.database import Database
from bot.trial.model import Conditions, Row
from bot.trial.room import TrialRoom
from bot.unanswered.room import UnansweredRoom
from policies_kb.parts import Questions, questions_part
from tests.accounts.cast import Parts
from tests.console.addresses import TABLE
from tests.console.addresses.table import ADMIN, ALL
from tests.feedback.given import exchange
from tests.hotline.cast import handed_over
from tests.insight.crowd import row, store
from tests.learning.course import School

from .people import Person

PAGES, ACTIONS = TABLE.pages, TABLE.actions
People = dict[str, Person]


@pytest.fixture
def database_url(tmp_path: Path) -> str:
    """One engine: the guard is the same on each, and the table is long."""
    return f"sqlite+aiosqlite:///{tmp_path / 'gongyou.db'}"


@pytest.fixture
async def given(
    contents: Contents,
    replies: RepliesRoom,
    trial: TrialRoom,
    learning: LearningRoom,
    clients: LiveClients,
    unanswered: UnansweredRoom,
    school: School,
    made: Parts,
    insight: Insight,
    database: Database,
) -> None:
    """What the addresses name: an edition of a paper, a version of questions, and of everything else the number 1."""
    asked = Reply((Message("不敢乱答。"),), Understanding("oos", "far", 0.9))
    await exchange(database, made.clock(), "饭卡丢了咋补", "worker", asked)
    await unanswered.mining.mine()
    await handed_over(database, made.clock())
    admin = await made.users.named("admin")
    await store(database, (row(n, made.clock() - timedelta(hours=2)) for n in range(10)))
    await insight.tend()
    await contents.papers.upload(Actor(99, "x"), "paper", "x.txt", "1.年金")
    await contents.room.drafts.begin(Actor(99, "x"), questions_part("annuity"), Questions(("年金谁给交",)), "")
    assert await replies.keeping.add(admin, Draft("问候", "nh", "您好", "您好，{坐席姓名}为您服务。"), shared=True) == 1
    await clients.add(Actor(99, "x"), ClientDraft("x", 1, 1))
    await trial.batches.begin(Actor(99, "x"), "", [Row("年金谁出钱")], [Conditions()])
    await trial.batches.ended()
    await learning.begin(Actor(99, "x"), serve=False)
    await school.ended()


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
    return re.sub(r"\{(\w+)\}", lambda name: TABLE.names[name[1]], path)


@pytest.mark.usefixtures("given")
async def test_page_is_for_its_roles(people: People) -> None:
    for path, allowed in PAGES.items():
        statuses = {name: (await people[name].get(path)).status for name in ALL}

        assert statuses == {name: (303 if path in TABLE.moved else 200) if name in allowed else 403 for name in ALL}, (
            path
        )


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
    anothers = await people["reviewer"].csrf()
    for path in (*ACTIONS, "/admin/login", "/admin/login/code"):
        allowed = ACTIONS.get(path, ADMIN)
        person = people[next(name for name in ("admin", "editor", "agent") if name in allowed)]
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


@pytest.mark.parametrize("path", TABLE.missing)
async def test_what_does_not_exist_is_not_found(people: People, path: str) -> None:
    response = await people["admin"].get(path)

    assert response.status == 404
    assert "没有这一页" in await response.text()


@pytest.mark.parametrize("path", TABLE.acts_on_nothing)
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
