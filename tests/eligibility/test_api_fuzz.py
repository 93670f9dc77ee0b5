"""POST /api/eligibility takes whatever arrives without a server error."""

from __future__ import annotations

import asyncio
import json

from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.eligibility.routes import routes
from bot.eligibility.service import EligibilityService
from tests.factories import knowledge

from .conftest import TODAY

_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
_WRITTEN = st.from_regex(r"[0-9./年个月元%eE+-]{0,12}", fullmatch=True) | _VALUES
_FACTS = st.dictionaries(st.sampled_from(sorted(knowledge().slots)) | st.text(max_size=8), _WRITTEN, max_size=5)
_BODIES = st.fixed_dictionaries(
    {}, optional={"topic": st.sampled_from(sorted(knowledge().topics)) | _VALUES, "facts": _FACTS | _VALUES}
)


async def _statuses(bodies: list[bytes]) -> set[int]:
    app = web.Application()
    app.add_routes(routes(EligibilityService(knowledge, lambda: TODAY)))
    headers = {"Content-Type": "application/json"}
    async with TestClient(TestServer(app)) as client:
        return {(await client.post("/api/eligibility", data=body, headers=headers)).status for body in bodies}


# Hypothesis calls a plain function many times; each call brings up its own loop and server.
@settings(max_examples=40, deadline=None)
@given(st.lists(_BODIES | _VALUES, min_size=1, max_size=20))
def test_any_json_is_answered_or_refused(bodies: list[object]) -> None:
    statuses = asyncio.run(_statuses([json.dumps(body).encode() for body in bodies]))

    assert statuses <= {200, 400, 422}
