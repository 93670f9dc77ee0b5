"""The room on a real aiohttp server, with the small knowledge base and a day that stands still."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from bot.eligibility.routes import routes
from bot.eligibility.service import EligibilityService
from bot.web.views import WebViews
from bot.web.views import routes as web_routes
from tests.factories import topic, with_topic
from tests.web.fakes import FakeConversation

TODAY = date(2026, 3, 2)
EXPIRED = topic("subsidy", id="expired", valid_to=date(2026, 3, 1))
"""A topic with a rule that was in force until yesterday."""


@pytest.fixture
def service() -> EligibilityService:
    return EligibilityService(lambda: with_topic(EXPIRED), lambda: TODAY)


@pytest.fixture
async def client(service: EligibilityService) -> AsyncIterator[TestClient[web.Request, web.Application]]:
    app = web.Application()
    app.add_routes([*routes(service), *web_routes(WebViews(FakeConversation()))])
    async with TestClient(TestServer(app)) as client:
        yield client
