"""An ordinary Rasa server and its action server, with a model of the project."""

from __future__ import annotations

import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from aiohttp.test_utils import unused_port

from bot.assistant.training import ROOT

TOKEN = "rasa-token"
LONGEST_START = 180


@contextmanager
def running(model: Path, folder: Path) -> Iterator[str]:
    """The address of the server, once it answers."""
    rasa, actions = unused_port(), unused_port()
    (folder / "credentials.yml").write_text("rest:\n")
    (folder / "endpoints.yml").write_text(f"action_endpoint:\n  url: http://127.0.0.1:{actions}/webhook\n")
    serve = ["run", "--enable-api", "--auth-token", TOKEN, "--interface", "127.0.0.1", "--port", str(rasa)]
    files = ["--credentials", f"{folder}/credentials.yml", "--endpoints", f"{folder}/endpoints.yml"]
    with ExitStack() as stack:
        act = ["run", "actions", "--actions", "actions", "--port", str(actions)]
        for name, arguments in (("actions", act), ("rasa", [*serve, *files, "--model", str(model)])):
            log = stack.enter_context((folder / f"{name}.log").open("wb"))
            environment = {**os.environ, "RASA_TELEMETRY_ENABLED": "false", "SANIC_HOST": "127.0.0.1"}
            command = [sys.executable, "-m", "rasa", *arguments]
            process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=log, stderr=log)
            stack.callback(process.wait)
            stack.callback(process.terminate)
        _wait(f"http://127.0.0.1:{actions}/health", folder / "actions.log")
        _wait(f"http://127.0.0.1:{rasa}/status?token={TOKEN}", folder / "rasa.log")
        yield f"http://127.0.0.1:{rasa}"


def _wait(url: str, log: Path) -> None:
    for _ in range(LONGEST_START * 4):
        try:
            with urllib.request.urlopen(url, timeout=5):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.25)
    raise AssertionError(log.read_text(errors="replace"))
