"""Begins the work of a training in a process of its own, which lives on when this one ends."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import threading

import structlog

from bot.settings import Settings

_OWN = ("PROMETHEUS_MULTIPROC_DIR",)
"""What belongs to this process alone."""

log = structlog.get_logger()


class ProcessLauncher:
    """Runs `gongyou learn` on the same database."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings

    async def launch(self, number: int) -> None:
        """See bot.learning.ports.Launcher; a signal to this process or its terminal does not reach the other."""
        # Not with asyncio: importing Rasa puts another policy for loops in place, which knows nothing of this one's.
        process = await asyncio.to_thread(self._start, number)
        # A daemon, so that this process can end while the other goes on.
        threading.Thread(target=_watch, args=(process, number), name=f"training {number}", daemon=True).start()

    def _start(self, number: int) -> subprocess.Popen[bytes]:
        # In this process LOG_LEVEL is what Rasa was told; see bot/log.py.
        own = {
            "DATA_DIR": str(self._settings.data_dir),
            "DATABASE_URL": self._settings.database_url,
            "LOG_LEVEL": self._settings.log_level,
            "QUALITY": str(self._settings.quality),
        }
        environment = {name: value for name, value in os.environ.items() if name not in _OWN}
        return subprocess.Popen(  # noqa: S603 - Nothing in it comes from outside.
            [sys.executable, "-m", "bot", "learn", str(number)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            env={**environment, **own},
            start_new_session=True,
        )


def _watch(process: subprocess.Popen[bytes], number: int) -> None:
    """Take note of its end, so that nothing is left of it in the system's table."""
    status = process.wait()
    (log.info if status == 0 else log.error)("training_ended", training=number, status=status)
