"""Processes of the application that tests start and kill."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bot.assistant.training import ROOT
from tests.factories import PRIVACY_KEY

TOKEN = "a-token-of-the-tests"


class AppProcess:
    """One process of `tests.servers.small`; `options` are its command line's, `variables` the service's settings."""

    def __init__(self, folder: Path, variables: Mapping[str, str], *options: str) -> None:
        inherited = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "CI") if name in os.environ}
        environment = {
            **inherited,
            "DATA_DIR": str(folder),
            "WECHAT_TOKEN": TOKEN,
            "PORT": "0",
            "PRIVACY_KEY": PRIVACY_KEY,
            **variables,
        }
        self._running = subprocess.Popen(
            [sys.executable, "-W", "ignore", "-m", "tests.servers.small", *options],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            # A pipe that nobody reads would fill up, and pytest's own file would be hit by a limit of file sizes.
            stderr=None if os.environ.get("GONGYOU_SHOW") else subprocess.DEVNULL,
        )

    @property
    def pid(self) -> int:
        """Its process id."""
        return self._running.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._running.poll() is None

    def ready(self) -> str:
        """Wait until it serves, and give its address."""
        assert self._running.stdout is not None
        port = self._running.stdout.readline().strip().decode()
        assert port, f"the process ended with {self._running.wait()} before it served"
        return f"http://127.0.0.1:{port}"

    def kill(self) -> None:
        """As `kill -9`."""
        self._running.kill()
        self._running.wait()

    def died(self, seconds: float = 30) -> bool:
        """Wait for its end; whether it was killed."""
        return self._running.wait(seconds) == -signal.SIGKILL

    def stop(self) -> int:
        """Stop it as an operator does; its exit code."""
        self._running.terminate()
        return self._running.wait(30)

    def close(self) -> None:
        """Let nothing be left."""
        self._running.kill()
        self._running.wait()
        assert self._running.stdout is not None
        self._running.stdout.close()


@contextmanager
def started(folder: Path, variables: Mapping[str, str], *options: str) -> Iterator[AppProcess]:
    """A process that is being started; it is killed at the end if it still runs."""
    process = AppProcess(folder, variables, *options)
    try:
        yield process
    finally:
        process.close()
