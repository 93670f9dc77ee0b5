"""Every log line of a request's work has the request's name, and no other request's."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog
from aiohttp.test_utils import TestClient, TestServer
from structlog.typing import EventDict

from bot import request_id
from bot.app import create_app
from bot.conversation.service import Times
from bot.services import services
from tests.factories import settings_in
from tests.fakes import FakeAssistant

pytestmark = pytest.mark.usefixtures("own_logging", "shipped_at_once")


@pytest.fixture
def lines() -> Iterator[list[dict[str, Any]]]:
    """What is logged, with what is bound at that moment."""
    found: list[dict[str, Any]] = []

    def keep(_logger: object, _method: str, event: EventDict) -> EventDict:
        found.append(dict(event))
        raise structlog.DropEvent

    structlog.configure(processors=[structlog.contextvars.merge_contextvars, keep], cache_logger_on_first_use=False)
    yield found
    structlog.reset_defaults()


async def test_each_request_has_a_name_of_its_own(tmp_path: Path, lines: list[dict[str, Any]]) -> None:
    assistant = FakeAssistant()
    settings = settings_in(tmp_path)
    async with (
        services(settings, lambda memory, knowledge: assistant, Times(burst_wait=0)) as parts,
        TestClient(TestServer(create_app(settings, parts))) as client,
    ):
        for assistant.error in (None, RuntimeError("on the way")):
            body = {"session": "0123456789abcdef", "text": "年金"}
            await (await client.post("/api/chat", json=body)).read()

    answered, failed, also_answered = lines
    assert [line["event"] for line in lines] == ["message_answered", "conversation_failed", "message_answered"]
    assert len(answered["request"]) == 8
    assert failed["request"] == also_answered["request"] != answered["request"]
    assert structlog.contextvars.get_contextvars() == {}


async def test_work_that_no_request_began_is_named_too() -> None:
    request_id.resumed()
    name = structlog.contextvars.get_contextvars()["request"]
    request_id.resumed()

    assert structlog.contextvars.get_contextvars() == {"request": name}
    structlog.contextvars.clear_contextvars()
