"""gongyou serve as processes of their own: they answer, and end well when they are told to."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil

from bot.assistant.training import ROOT
from tests.factories import PRIVACY_KEY
from tests.servers.postgresql import PostgreSQL

SOURCE = "依据:《新时期产业工人队伍建设改革的实施意见》第12条"
SERVING = re.compile(r"Serving at (http://127\.0\.0\.1:\d+)/")


@contextmanager
def serving(
    model: Path, folder: Path, *options: str, **variables: str
) -> Iterator[tuple[subprocess.Popen[str], Callable[[], str]]]:
    """The process, and what gives the address of the next worker that begins to serve."""
    (folder / "models").symlink_to(model.parent)
    # The fixture of the model has set LOG_LEVEL for Rasa; see bot/log.py.
    own = {"DATA_DIR": str(folder), "WECHAT_TOKEN": "gongyou-demo", "PORT": "0", "LOG_LEVEL": "INFO"}
    environment = {**os.environ, "PRIVACY_KEY": PRIVACY_KEY, **own, **variables}
    command = [sys.executable, "-m", "bot", "serve", *options]
    with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:

        def next_address() -> str:
            assert process.stderr is not None
            address = next((match[1] for line in process.stderr if (match := SERVING.search(line))), None)
            assert address, f"the server ended with {process.wait()}"
            return address

        yield process, next_address
        process.kill()


def ask(address: str) -> str:
    body = json.dumps({"session": "0123456789abcdef", "text": "高级技师能延迟退休吗"}).encode()
    request = urllib.request.Request(f"{address}/api/chat", body, {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as response:
        return str(json.load(response)["messages"][0]["text"])


def test_serve_answers_and_ends_on_sigterm(model: Path, tmp_path: Path) -> None:
    with serving(model, tmp_path) as (process, next_address):
        text = ask(next_address())
        process.send_signal(signal.SIGTERM)

        assert SOURCE in text
        assert process.wait(timeout=60) == 0


def test_workers_answer_while_one_dies_and_end_on_sigterm(
    model: Path, tmp_path: Path, postgresql_server: PostgreSQL
) -> None:
    url = postgresql_server.new_database()
    with serving(model, tmp_path, "--workers", "2", DATABASE_URL=url) as (process, next_address):
        address, _ = next_address(), next_address()
        first, second = psutil.Process(process.pid).children()
        first.kill()
        texts = [ask(address) for _ in range(5)]
        next_address()
        workers = psutil.Process(process.pid).children()
        texts.append(ask(address))
        process.send_signal(signal.SIGTERM)
        assert process.stderr is not None
        logged = process.stderr.read()

        assert all(SOURCE in text for text in texts)
        assert "message_answered" in logged
        assert process.wait(timeout=60) == 0
        assert second in workers
        assert first not in workers
        assert not any(worker.is_running() for worker in workers)


def test_workers_end_when_their_parent_is_killed(model: Path, tmp_path: Path, postgresql_server: PostgreSQL) -> None:
    url = postgresql_server.new_database()
    with serving(model, tmp_path, "--workers", "2", DATABASE_URL=url) as (process, next_address):
        next_address(), next_address()
        workers = psutil.Process(process.pid).children()
        process.kill()

        _, alive = psutil.wait_procs(workers, timeout=60)

        assert len(workers) == 2
        assert alive == []
