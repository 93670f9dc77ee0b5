"""What orchestrators are told."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.health import HealthViews, Ping, routes


async def well() -> None:
    """A part that answers."""


async def ill() -> None:
    """A part that does not."""
    raise ConnectionError("password of the database")


async def ask(path: str, parts: Mapping[str, Ping]) -> tuple[int, object]:
    app = web.Application()
    app.add_routes(routes(HealthViews(parts)))
    async with TestClient(TestServer(app)) as client:
        response = await client.get(path)
        return response.status, await response.json()


async def test_healthz_asks_nothing_of_the_parts() -> None:
    assert await ask("/healthz", {"database": ill}) == (200, {"status": "ok"})


@pytest.mark.parametrize(
    ("parts", "status", "states"),
    [
        ({"assistant": well, "database": well}, 200, {"assistant": "ok", "database": "ok"}),
        ({"assistant": well, "database": ill}, 503, {"assistant": "ok", "database": "fail"}),
        ({"assistant": ill, "database": ill}, 503, {"assistant": "fail", "database": "fail"}),
    ],
)
async def test_readyz_names_each_part_and_no_details(
    parts: Mapping[str, Ping], status: int, states: Mapping[str, str]
) -> None:
    word = "ok" if status == 200 else "fail"

    assert await ask("/readyz", parts) == (status, {"status": word, "parts": states})


async def test_extra_that_is_not_well_is_told_and_harms_nobody() -> None:
    app = web.Application()
    app.add_routes(routes(HealthViews({"database": well}, {"customer_service": ill})))
    async with TestClient(TestServer(app)) as client:
        response = await client.get("/readyz")

        assert response.status == 200
        assert (await response.json())["parts"] == {"database": "ok", "customer_service": "fail"}
