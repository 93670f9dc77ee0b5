"""Every answer of every route carries its security headers, and no page has script or style of its own."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import BaseTestServer, TestClient, TestServer

from bot.app import create_app
from bot.assistant.training import ROOT
from bot.services import services
from tests.console.addresses import TABLE
from tests.factories import settings_in
from tests.fakes import FakeAssistant

TEMPLATES = sorted((ROOT / "bot" / "web" / "templates").rglob("*.html"))
FILLED = {"name": "console.css", **TABLE.names}
INLINE = re.compile(r"<style|\sstyle\s*=|\son[a-z]+\s*=\s*[\"']|javascript:|<script(?![^>]*\ssrc=)")


@pytest.fixture
async def server(tmp_path: Path, shipped_at_once: None) -> AsyncIterator[BaseTestServer]:
    settings = settings_in(tmp_path, WECHAT_TOKEN="gongyou-demo")
    async with (
        services(settings, lambda states, knowledge: FakeAssistant()) as parts,
        TestServer(create_app(settings, parts)) as server,
    ):
        yield server


def policy(response: ClientResponse) -> dict[str, str]:
    parts = response.headers["Content-Security-Policy"].split(";")
    return dict(part.strip().partition(" ")[::2] for part in parts)


def assert_safe(response: ClientResponse) -> None:
    held, where = policy(response), f"{response.method} {response.url.path} {response.status}"
    assert held.get("script-src", held["default-src"]) in ("'none'", "'self'"), where
    assert held.get("style-src", held["default-src"]) in ("'none'", "'self'"), where
    assert held.get("object-src", held["default-src"]) == "'none'", where
    assert {held["base-uri"], held["frame-ancestors"]} == {"'none'"}, where
    assert held["form-action"] in ("'none'", "'self'"), where
    assert response.headers["X-Content-Type-Options"] == "nosniff", where
    assert response.headers["X-Frame-Options"] == "DENY", where
    assert response.headers["Referrer-Policy"] in ("no-referrer", "same-origin"), where
    assert response.headers["Permissions-Policy"], where
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin", where


async def test_every_route_and_every_refusal_has_them(server: BaseTestServer) -> None:
    assert isinstance(server, TestServer)
    paths = {
        re.sub(r"\{(\w+)[^}]*\}", lambda match: FILLED[match[1]], route.resource.canonical)
        for route in server.app.router.routes()
        if route.resource is not None
    }
    assert len(paths) > 40
    async with TestClient(server) as client:
        for path in sorted({*paths, "/nothing", "/static/nothing.js"}):
            for method in ("GET", "POST", "DELETE"):
                response = await client.request(method, path, allow_redirects=False)
                assert_safe(response)
                if response.content_type == "text/html":
                    assert not INLINE.search(await response.text()), path


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.name)
def test_template_has_no_script_or_style_of_its_own(path: Path) -> None:
    assert not INLINE.search(path.read_text(encoding="utf-8"))
    assert "|safe" not in path.read_text(encoding="utf-8").replace(" ", "")
