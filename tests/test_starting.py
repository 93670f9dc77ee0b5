"""Several processes start at once over an empty database."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest

from bot.services import services
from tests.factories import settings_in
from tests.fakes import NOON, FakeAssistant, SetClock

pytestmark = pytest.mark.usefixtures("shipped_at_once")


async def test_process_whose_clock_is_a_moment_behind_waits_for_the_content_of_the_other(tmp_path: Path) -> None:
    settings = settings_in(tmp_path)
    ahead, times = SetClock(), iter([NOON - timedelta(milliseconds=5)])

    async with (
        services(settings, lambda *_: FakeAssistant(), now=ahead) as one,
        services(settings, lambda *_: FakeAssistant(), now=lambda: next(times, NOON)) as other,
    ):
        assert one.knowledge().topics.keys() == other.knowledge().topics.keys()
