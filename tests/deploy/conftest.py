"""What the tests of deploy/ need installed."""

from __future__ import annotations

import os

import pytest

from tests.servers import nginx


@pytest.fixture(scope="session")
def nginx_installed() -> None:
    """Where nginx is missing the test is skipped, or fails in CI."""
    if reason := nginx.missing():
        pytest.fail(f"{reason}; CI must run it") if os.environ.get("CI") else pytest.skip(reason)
