"""The description is true: every route is in it, and whatever is made from it is answered as it says."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TypeAlias

from aiohttp import web
from aiohttp.test_utils import BaseTestServer, TestClient, TestServer

from tests.servers.process import started

Client: TypeAlias = TestClient[web.Request, web.Application]
METHODS = {"get", "put", "post", "delete", "patch"}


async def test_description_names_every_route_of_the_interface(client: Client) -> None:
    described = await (await client.get("/api/openapi.json")).json()
    server: BaseTestServer = client.server
    assert isinstance(server, TestServer)
    served = {
        (route.method.lower(), route.resource.canonical)
        for route in server.app.router.routes()
        if route.resource is not None and route.resource.canonical.startswith("/api/") and route.method != "HEAD"
    }

    assert described["openapi"].startswith("3.1")
    assert {
        (method, path) for path, told in described["paths"].items() for method in told if method in METHODS
    } == served


def test_what_the_description_allows_and_forbids_is_answered_as_it_says(tmp_path: Path) -> None:
    with started(tmp_path / "data", {}) as process:
        command = [
            *(sys.executable, "-W", "ignore", "-c", "from schemathesis.cli import schemathesis; schemathesis()"),
            *("run", f"{process.ready()}/api/openapi.json", "--no-color", "--seed", "1", "--max-examples", "15"),
            *("--phases", "examples,coverage,fuzzing", "--generation-database", ":memory:"),
            # A topic has to be one that exists, which a description of strings cannot say.
            *("--exclude-checks", "positive_data_acceptance"),
        ]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=300, check=False)

    assert done.returncode == 0, done.stdout
    # The address of the description itself is left out by the tool.
    assert "Tested: 3" in done.stdout
