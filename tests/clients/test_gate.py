"""The interface as programs and browsers meet it: keys, limits, problems, and websites that may read it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TypeAlias

import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient, TestServer

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.tokens import kept_of
from bot.app import create_app
from bot.clients.live import LiveClients
from bot.clients.model import Draft
from bot.services import Services, services
from bot.settings import Settings
from bot.storage.clients import ClientRepository
from tests.fakes import FakeAssistant, SetClock

from .conftest import ORIGIN

Client: TypeAlias = TestClient[web.Request, web.Application]
OUTSIDE = {"X-Forwarded-For": "203.0.113.7"}


async def ask(client: Client, headers: Mapping[str, str] = OUTSIDE, session: str = "session-0001") -> ClientResponse:
    response = await client.post("/api/chat", json={"session": session, "text": "年金"}, headers=headers)
    await response.read()
    return response


def bearer(key: str) -> Mapping[str, str]:
    return {**OUTSIDE, "Authorization": f"Bearer {key}"}


async def test_own_page_needs_no_key_and_is_limited_by_address(client: Client, clock: SetClock) -> None:
    statuses = [(await ask(client)).status for _ in range(7)]
    assert statuses == [200] * 5 + [429] * 2
    refused = await ask(client)
    assert refused.headers["Retry-After"] == "60"
    assert refused.content_type == "application/problem+json"
    assert (await refused.json())["detail"] == "问得太多，60 秒后再试。"

    assert (await ask(client, {"X-Forwarded-For": "203.0.113.8"})).status == 200
    clock.passes(60)
    assert (await ask(client)).status == 200


async def test_this_machine_is_not_limited(client: Client) -> None:
    assert {(await ask(client, {})).status for _ in range(20)} == {200}


async def test_key_has_limits_of_its_own_by_minute_and_day(client: Client, key: str, clock: SetClock) -> None:
    by_minute = []
    for _ in range(4):
        by_minute.append([(await ask(client, bearer(key))).status for _ in range(4)].count(200))
        clock.passes(60)

    assert by_minute == [3, 3, 2, 0]
    assert int((await ask(client, bearer(key))).headers["Retry-After"]) > 3600
    assert (await ask(client)).status == 200


@pytest.mark.parametrize("authorization", ["Bearer wrong", "Bearer", "Basic eDp5", ""])
async def test_what_is_no_key_is_refused(client: Client, key: str, authorization: str) -> None:
    response = await ask(client, {"Authorization": authorization})

    assert (response.status, response.headers["WWW-Authenticate"]) == (401, "Bearer")
    assert (await response.json())["status"] == 401


async def test_disabled_or_replaced_key_is_refused(client: Client, parts: Services, key: str) -> None:
    (held,) = await parts.clients.everyone()
    new = await parts.clients.replace_key(COMMAND_LINE, held, "x")
    assert [(await ask(client, bearer(one))).status for one in (key, new)] == [401, 200]

    await parts.clients.disable(COMMAND_LINE, held, disabled=True, reason="x")
    assert (await ask(client, bearer(new))).status == 401


async def test_another_process_follows_at_its_next_look(parts: Services, key: str, clock: SetClock) -> None:
    there = LiveClients(ClientRepository(parts.database.sessions), clock)
    (held,) = await there.everyone()
    assert there.with_key(key) == held
    await parts.clients.disable(COMMAND_LINE, held, disabled=True, reason="x")
    await there.refresh()

    assert there.with_key(key) is None
    assert there.frames(held.public) is None
    assert not there.may_call(ORIGIN)


async def test_sessions_of_clients_with_the_same_name_are_apart(settings: Settings, clock: SetClock) -> None:
    assistant = FakeAssistant()
    async with (
        services(settings, lambda states, knowledge: assistant, now=clock) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        keys = [(await parts.clients.add(COMMAND_LINE, Draft(name, 9, 9)))[1] for name in ("一", "二")]
        for headers in ({}, *map(bearer, keys)):
            assert (await ask(client, headers)).status == 200

    assert len({conversation for conversation, _ in assistant.asked}) == 3


async def test_key_is_kept_as_its_hash_only(parts: Services, key: str) -> None:
    (held,) = await parts.clients.everyone()

    assert held.key_hash == kept_of(key)
    assert key not in repr(held)


async def test_allowed_website_may_call_and_read(client: Client, key: str) -> None:
    asked = {"Origin": ORIGIN, "Access-Control-Request-Method": "POST"}
    preflight = await client.options("/api/chat", headers=asked)
    assert preflight.status == 204
    assert preflight.headers["Access-Control-Allow-Origin"] == ORIGIN
    assert preflight.headers["Access-Control-Allow-Headers"] == "Authorization, Content-Type"

    answer = await ask(client, {"Origin": ORIGIN, **OUTSIDE})
    assert (answer.headers["Access-Control-Allow-Origin"], answer.headers["Vary"]) == (ORIGIN, "Origin")
    assert "Access-Control-Allow-Credentials" not in answer.headers


@pytest.mark.parametrize("origin", ["https://evil.example", "null", f"{ORIGIN}.evil.example", "http://www.example.com"])
async def test_other_website_is_told_nothing(client: Client, key: str, origin: str) -> None:
    preflight = await client.options("/api/chat", headers={"Origin": origin, "Access-Control-Request-Method": "POST"})

    for response in (preflight, await ask(client, {"Origin": origin, **OUTSIDE})):
        assert not [name for name in response.headers if name.startswith("Access-Control-")]


@pytest.mark.parametrize(
    ("method", "path", "status"), [("GET", "/api/nothing", 404), ("GET", "/api/chat", 405), ("PUT", "/api/chat", 405)]
)
async def test_refusal_is_a_problem_with_a_plain_word(client: Client, method: str, path: str, status: int) -> None:
    response = await client.request(method, path)
    problem = await response.json(content_type="application/problem+json")

    assert (response.status, problem["status"], problem["type"]) == (status, status, "about:blank")
    assert "/api/openapi.json" in problem["detail"]
    assert (response.headers.get("Allow") == "POST") is (status == 405)


async def test_failure_is_a_problem_without_a_trace(
    client: Client, parts: Services, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parts.limits, "wait", broken)

    response = await ask(client)

    assert response.status == 500
    assert not re.search("broken|Traceback", await response.text())


async def broken(*_: object) -> int:
    raise RuntimeError("broken")


async def test_no_other_page_is_touched(client: Client, key: str) -> None:
    for path in ("/", "/healthz", "/eligibility"):
        response = await client.get(path, headers={"Origin": ORIGIN, "Authorization": "Bearer wrong"})

        assert response.status == 200
        assert "Access-Control-Allow-Origin" not in response.headers


async def test_frame_is_for_the_websites_of_a_client_that_may_ask(client: Client, parts: Services, key: str) -> None:
    (held,) = await parts.clients.everyone()
    response = await client.get(f"/widget?client={held.public}")
    assert response.status == 200
    assert f"frame-ancestors {ORIGIN}" in response.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in response.headers

    await parts.clients.disable(COMMAND_LINE, held, disabled=True, reason="x")
    refused = await client.get(f"/widget?client={held.public}")
    assert (refused.status, refused.headers["X-Frame-Options"]) == (404, "DENY")
