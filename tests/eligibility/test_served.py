"""Eligibility in the application as it is served, with the shipped content."""

from __future__ import annotations

from pathlib import Path

import pytest
from aiohttp.test_utils import TestClient, TestServer

from bot.app import create_app
from bot.services import services
from policies_kb.model import KnowledgeBase
from tests.factories import settings_in
from tests.fakes import FakeAssistant


@pytest.mark.usefixtures("shipped_at_once")
async def test_every_shipped_rule_is_asked_from_its_first_question(tmp_path: Path, shipped: KnowledgeBase) -> None:
    ruled = {topic.id for topic in shipped.topics.values() if topic.outcome is not None}
    async with (
        services(settings_in(tmp_path), lambda states, knowledge: FakeAssistant()) as parts,
        TestClient(TestServer(create_app(settings_in(tmp_path), parts))) as client,
    ):
        listed = (await (await client.get("/api/eligibility")).json())["topics"]
        for topic in listed:
            page = await (await client.get(f"/eligibility/{topic['topic']}")).text()
            assert topic["slots"][0]["question"] in page
            verdict = await (await client.post("/api/eligibility", json={"topic": topic["topic"]})).json()
            assert verdict["verdict"] == "unknown"

    assert {topic["topic"] for topic in listed} == ruled
