"""Ports with a measurement before them do what they did, and what they did is counted."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from bot.assistant.port import AssistantUnavailable, Message, Reply
from bot.assistant.training import ROOT
from bot.metrics.instruments import Instruments
from bot.metrics.measured import MeasuredAssistant, MeasuredClient, MeasuredOutbox
from bot.wechat.client import WeChatError
from bot.wechat.endings import State
from bot.wechat.outbox import Letter
from bot.wechat.quota import Ledger
from tests.factories import reply
from tests.fakes import NOON, FakeAssistant

WORKER = """
import sys
from bot.metrics.instruments import Instruments
instruments = Instruments()
instruments.answered("ask", 0.9)
instruments.connections(2)
instruments.model(sys.argv[1])
"""
SUM = """
import asyncio, sys
from aiohttp.test_utils import make_mocked_request
from bot.metrics.instruments import Instruments
from bot.metrics.views import MetricsViews
async def none(): return {}
views = MetricsViews(Instruments(), none, "secret", sys.argv[1])
request = make_mocked_request("GET", "/metrics", headers={"Authorization": "Bearer secret"})
print(asyncio.run(views.metrics(request)).body.decode())
"""


class FakeOutbox:
    """Gives letters whose workers can be sent so many more messages."""

    def __init__(self, sent: Sequence[int]) -> None:
        self.letters = [
            Letter(number, "openid", reply(), 1, NOON, Ledger(NOON, None, [NOON] * count))
            for number, count in enumerate(sent)
        ]
        self.did: list[str] = []

    async def claim(self, now: datetime, most: int) -> Sequence[Letter]:
        """All of them."""
        return self.letters

    async def record(self, letter: int, state: State, at: datetime, code: int | None, due_at: datetime) -> None:
        """Note it."""
        self.did.append(f"record {letter} {state}")

    async def split(self, letter: int, replies: Sequence[Reply], at: datetime) -> None:
        """Note it."""
        self.did.append(f"split {letter}")

    async def park_all(self) -> None:
        """Note it."""
        self.did.append("park_all")


class FakeClient:
    """Fails with `error`, if there is one."""

    error: WeChatError | None = None

    async def send(self, openid: str, message: Message) -> None:
        """As set."""
        if self.error is not None:
            raise self.error

    async def show_typing(self, openid: str) -> None:
        """As set."""
        await self.send(openid, Message(""))


def value(instruments: Instruments, name: str, **labels: str) -> float | None:
    return instruments.registry.get_sample_value(name, labels)


async def test_unavailable_assistant_is_trouble() -> None:
    instruments, fake = Instruments(), FakeAssistant()
    fake.error = AssistantUnavailable()

    with pytest.raises(AssistantUnavailable):
        await MeasuredAssistant(fake, instruments).ask("web:one", "年金")

    assert value(instruments, "gongyou_messages_total", intent="trouble") == 1
    assert value(instruments, "gongyou_stage_seconds_count", stage="assistant") == 1
    assert value(instruments, "gongyou_confidence_count") == 0


async def test_codes_of_wechat_are_counted() -> None:
    instruments, fake = Instruments(), FakeClient()
    client = MeasuredClient(fake, instruments)
    await client.send("openid", Message("text"))
    for fake.error in (WeChatError(45015, "gone", permanent=True), WeChatError(None, "time-out", permanent=False)):
        for call in (client.send("openid", Message("text")), client.show_typing("openid")):
            with pytest.raises(WeChatError):
                await call

    counted = [value(instruments, "gongyou_wechat_calls_total", code=code) for code in ("0", "45015", "none")]
    assert counted == [1, 2, 2]


async def test_worker_who_can_hardly_be_sent_more_is_counted() -> None:
    instruments, fake = Instruments(), FakeOutbox([0, 2, 3, 4])
    outbox = MeasuredOutbox(fake, instruments)

    assert await outbox.claim(NOON, 10) is fake.letters
    await outbox.record(1, "sent", NOON, 0, NOON)
    await outbox.split(2, (), NOON)
    await outbox.park_all()

    assert value(instruments, "gongyou_quota_low_total") == 2
    assert fake.did == ["record 1 sent", "split 2", "park_all"]


def test_workers_are_summed_up(tmp_path: Path) -> None:
    def run(program: str, argument: str) -> str:
        environment = {"PROMETHEUS_MULTIPROC_DIR": str(tmp_path), "PATH": "", "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", program, argument]
        return subprocess.run(command, env=environment, check=True, capture_output=True, text=True).stdout

    for digest in ("old", "new"):
        run(WORKER, digest)
    text = run(SUM, str(tmp_path))

    assert 'gongyou_messages_total{intent="ask"} 2.0' in text
    assert "gongyou_database_connections 4.0" in text
    assert 'gongyou_model_info{digest="new"} 1.0' in text
