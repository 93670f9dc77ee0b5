"""gongyou serve as a process of its own: it answers, and ends well when it is told to."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.assistant.training import ROOT

SERVING = re.compile(r"Serving at (http://127\.0\.0\.1:\d+)/")


@pytest.fixture
def served(model: Path, tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """The process and its address."""
    (tmp_path / "models").symlink_to(model.parent)
    environment = {**os.environ, "DATA_DIR": str(tmp_path), "WECHAT_TOKEN": "gongyou-demo", "PORT": "0"}
    command = [sys.executable, "-m", "bot", "serve"]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        address = next((match[1] for line in process.stderr if (match := SERVING.search(line))), None)
        assert address, f"the server ended with {process.wait()}"
        yield process, address
        process.kill()


def test_serve_answers_and_ends_on_sigterm(served: tuple[subprocess.Popen[str], str]) -> None:
    process, address = served
    body = json.dumps({"session": "0123456789abcdef", "text": "高级技师能延迟退休吗"}).encode()
    request = urllib.request.Request(f"{address}/api/chat", body, {"Content-Type": "application/json"})

    with urllib.request.urlopen(request, timeout=60) as response:
        text = json.load(response)["messages"][0]["text"]
    process.send_signal(signal.SIGTERM)

    assert "依据:《新时期产业工人队伍建设改革的实施意见》第12条" in text
    assert process.wait(timeout=60) == 0
