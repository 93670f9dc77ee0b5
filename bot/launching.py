"""Begins the work of a training in a process of its own, which lives on when this one ends."""

from __future__ import annotations

import asyncio
import os
import sys

import structlog

from bot.settings import Settings

_OWN = ("PROMETHEUS_MULTIPROC_DIR",)
"""What belongs to this process alone."""

log = structlog.get_logger()


class ProcessLauncher:
    """Runs `gongyou learn` on the same database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._watching: set[asyncio.Task[None]] = set()

    async def launch(self, number: int) -> None:
        """See bot.learning.ports.Launcher; a signal to this process or its terminal does not reach the other."""
        # In this process LOG_LEVEL is what Rasa was told; see bot/log.py.
        own = {
            "DATA_DIR": str(self._settings.data_dir),
            "DATABASE_URL": self._settings.database_url,
            "LOG_LEVEL": self._settings.log_level,
            "QUALITY": str(self._settings.quality),
        }
        environment = {name: value for name, value in os.environ.items() if name not in _OWN}
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "bot", "learn", str(number)),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.DEVNULL,
            env={**environment, **own},
            start_new_session=True,
        )
        watching = asyncio.create_task(_watch(process, number))
        self._watching.add(watching)
        watching.add_done_callback(self._watching.discard)


async def _watch(process: asyncio.subprocess.Process, number: int) -> None:
    """Take note of its end, so that nothing is left of it in the system's table."""
    status = await process.wait()
    (log.info if status == 0 else log.error)("training_ended", training=number, status=status)
