"""A Redis of the tests' own, on a port of its own, that keeps nothing."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from pathlib import Path

from aiohttp.test_utils import unused_port


def missing() -> str | None:
    """Why no Redis can be started here, or None."""
    return None if shutil.which("redis-server") else "redis-server is not installed (apt-get install redis-server)"


class RedisServer:
    """Started and stopped as often as wanted, always at the same address."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = unused_port()
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Where it is."""
        return f"redis://127.0.0.1:{self._port}/0"

    def start(self) -> None:
        """Start, and return when it answers."""
        options = ["--port", str(self._port), "--bind", "127.0.0.1", "--save", "", "--dir", str(self._folder)]
        with (self._folder / "redis.log").open("ab") as output:
            self._process = subprocess.Popen(["redis-server", *options], stdout=output, stderr=output)
        for _ in range(500):
            with socket.socket() as client:
                if client.connect_ex(("127.0.0.1", self._port)) == 0:
                    return
            time.sleep(0.02)
        raise AssertionError((self._folder / "redis.log").read_text())

    def stop(self) -> None:
        """Kill it."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None
