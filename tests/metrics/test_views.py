"""GET /metrics of the whole application: what it measures, who may see it, and that it names nobody."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.conversation.service import Times
from bot.metrics.instruments import Instruments
from bot.metrics.views import MetricsViews, routes
from bot.services import services
from tests.factories import settings_in
from tests.fakes import FakeAssistant
from tests.wechat.envelopes import payload, query

pytestmark = pytest.mark.usefixtures("shipped_at_once")
Client = TestClient[web.Request, web.Application]
OPENID = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"


@asynccontextmanager
async def serving(folder: Path, assistant: FakeAssistant | None = None, **variables: str) -> AsyncIterator[Client]:
    settings = settings_in(folder, **variables)
    fake = assistant or FakeAssistant()
    async with (
        services(settings, lambda memory, knowledge: fake, Times(burst_wait=0)) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        yield client


async def told(client: Client, **headers: str) -> str:
    response = await client.get("/metrics", headers=headers)
    assert response.status == 200
    assert response.content_type == "text/plain"
    return await response.text()


async def test_message_is_measured_in_every_stage_and_names_nobody(tmp_path: Path) -> None:
    async with serving(tmp_path) as client:
        await client.post("/wechat", params=query("token"), data=payload("text"))
        text = await told(client)

    for stage in ("webhook", "queue", "assistant"):
        assert f'gongyou_stage_seconds_count{{stage="{stage}"}} 1.0' in text
    assert 'gongyou_stage_seconds_count{stage="database"}' in text
    assert 'gongyou_messages_total{intent="ask"} 1.0' in text
    assert 'gongyou_confidence_bucket{le="0.9"} 0.0' in text
    assert 'gongyou_waiting{place="inbox"} 0.0' in text
    assert 'gongyou_waiting{place="outbox_queued"} 0.0' in text
    assert "gongyou_database_connections" in text
    assert OPENID not in text
    assert "annuity" not in text
    assert "退休" not in text


async def test_waiting_message_is_counted(tmp_path: Path) -> None:
    assistant = FakeAssistant()
    assistant.open.clear()
    async with serving(tmp_path, assistant) as client:
        body = {"session": "0123456789abcdef", "text": "年金"}
        asking = asyncio.ensure_future(client.post("/api/chat", json=body))
        await assistant.reached.wait()
        text = await told(client)
        assistant.open.set()
        await asking

    assert 'gongyou_waiting{place="inbox"} 1.0' in text


@pytest.mark.parametrize("header", ["X-Forwarded-For", "X-Real-IP", "Forwarded"])
async def test_without_a_token_nobody_sees_it_through_a_proxy(tmp_path: Path, header: str) -> None:
    async with serving(tmp_path) as client:
        assert (await client.get("/metrics", headers={header: "203.0.113.9"})).status == 404


async def test_with_a_token_only_who_has_it_sees_it(tmp_path: Path) -> None:
    async with serving(tmp_path, METRICS_TOKEN="secret") as client:
        for authorization in ("", "Bearer other", "secret", "Bearer é"):
            assert (await client.get("/metrics", headers={"Authorization": authorization})).status == 404
        await told(client, **{"Authorization": "Bearer secret", "X-Forwarded-For": "203.0.113.9"})


async def test_lost_database_hides_its_part_only() -> None:
    async def lost() -> dict[str, int]:
        raise OSError

    instruments = Instruments()
    instruments.model("one")
    instruments.model("other")
    app = web.Application()
    app.add_routes(routes(MetricsViews(instruments, lost, "", "")))
    async with TestClient(TestServer(app)) as client:
        text = await told(client)

    assert 'gongyou_model_info{digest="one"} 0.0' in text
    assert 'gongyou_model_info{digest="other"} 1.0' in text
    assert "gongyou_waiting" not in text
