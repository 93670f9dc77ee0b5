"""POST /api/chat takes whatever arrives without a server error."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.web.views import WebViews, routes

from .fakes import FakeConversation

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=10,
)
_TOKENS = st.from_regex(r"[A-Za-z0-9_-]{8,64}", fullmatch=True) | _VALUES
_BODIES = _VALUES | st.fixed_dictionaries(
    {}, optional={"session": _TOKENS, "text": st.text(st.characters()) | _VALUES, "id": _TOKENS}
)


async def _statuses(bodies: list[bytes]) -> set[int]:
    app = web.Application()
    app.add_routes(routes(WebViews(FakeConversation())))
    headers = {"Content-Type": "application/json"}
    async with TestClient(TestServer(app)) as client:
        return {(await client.post("/api/chat", data=body, headers=headers)).status for body in bodies}


# Hypothesis calls a plain function many times; each call brings up its own loop and server.
@settings(max_examples=40, deadline=None)
@given(st.lists(_BODIES, min_size=1, max_size=10))
def test_any_json_is_answered_or_refused(bodies: list[object]) -> None:
    statuses = asyncio.run(_statuses([json.dumps(body).encode() for body in bodies]))

    assert statuses <= {200, 400, 422}


@settings(max_examples=40, deadline=None)
@given(st.lists(st.binary(max_size=200), min_size=1, max_size=10))
def test_any_bytes_are_answered_or_refused(bodies: list[bytes]) -> None:
    assert asyncio.run(_statuses(bodies)) <= {200, 400, 422}
