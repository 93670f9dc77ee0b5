"""The process of a training: on the same database, in a session of its own, and nothing of this process's metrics."""

from __future__ import annotations

import asyncio
import os
import sys
import threading
from pathlib import Path

import pytest

from bot.launching import ProcessLauncher
from tests.factories import settings_in

PROGRAM = """#!/bin/sh
ps -o sess= -p $$ > "$DATA_DIR/session"
echo "$@" "$DATABASE_URL" "$LOG_LEVEL" "${PROMETHEUS_MULTIPROC_DIR-none}" > "$DATA_DIR/told"
"""


async def test_process_is_told_what_it_needs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = tmp_path / "python"
    program.write_text(PROGRAM)
    program.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(program))
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", "/metrics")
    settings = settings_in(tmp_path, LOG_LEVEL="ERROR")

    await ProcessLauncher(settings).launch(7)
    for thread in threading.enumerate():
        if thread.name == "training 7":
            await asyncio.to_thread(thread.join)

    told = await asyncio.to_thread((tmp_path / "told").read_text)
    assert told == f"-m bot learn 7 {settings.database_url} ERROR none\n"
    session = await asyncio.to_thread((tmp_path / "session").read_text)
    assert int(session) != os.getsid(0)
