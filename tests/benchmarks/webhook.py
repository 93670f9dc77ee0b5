"""The webhook under load: against a bare echo, in both modes, with 1, 2 and 4 processes, and as data grow."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from pathlib import Path
from statistics import median

from aiohttp.test_utils import unused_port

from tests.benchmarks import load, stored_conversations
from tests.benchmarks.load import Load, Request
from tests.benchmarks.progress import say
from tests.benchmarks.tables import Table
from tests.servers import postgresql, process
from tests.wechat.envelopes import AES_KEY, APP_ID, TOKEN

SECONDS, AT_ONCE = 5.0, 32
PROCESSES = (1, 2, 4)
CONVERSATIONS = (10, 100, 1000, 10_000)
"""Stored before the measured ones."""
MESSAGES = (10, 100, 1000)
"""In one conversation."""
_WINDOW = 50
_MODES: dict[str, Callable[[str], Request]] = {"plaintext": load.plain, "safe": load.safe}


def tables(folder: Path) -> list[Table]:
    """All of it, in about three minutes; without PostgreSQL only what one process does."""
    with ExitStack() as stack:
        server = stack.enter_context(postgresql.running()) if postgresql.missing() is None else None
        rows = list(_throughput(folder, server))
        growth = _growth(folder, server)
    head = ["served by", "messages/s", "p50, ms", "p99, ms", "without answer"]
    return [Table(f"The webhook under load: {AT_ONCE} messages at once, one run", head, rows), growth]


def _throughput(folder: Path, server: postgresql.PostgreSQL | None) -> Iterator[list[str]]:
    for mode in _MODES:
        say(f"echo, {mode}")
        with _echo() as url:
            yield _row(f"bare echo, 1 process, {mode}", _measured(url, mode))
    for mode in _MODES:
        say(f"SQLite, {mode}")
        with _ours(folder / f"sqlite-{mode}", 1, mode, {}) as url:
            yield _row(f"ours, 1 process, SQLite, {mode}", _measured(url, mode))
            yield _row(f"ours, 1 process, SQLite, {mode}, one at a time", _measured(url, mode, at_once=1))
    for mode in _MODES if server is not None else ():
        for number in PROCESSES:
            say(f"{number} processes, PostgreSQL, {mode}")
            database = {"DATABASE_URL": server.new_database() if server is not None else ""}
            with _ours(folder / f"{number}-{mode}", number, mode, database) as url:
                yield _row(f"ours, {number} process{'es' * (number > 1)}, PostgreSQL, {mode}", _measured(url, mode))


def _growth(folder: Path, server: postgresql.PostgreSQL | None) -> Table:
    database = f"sqlite+aiosqlite:///{folder / 'growth.db'}" if server is None else server.new_database()
    rows, stored = [], 0
    with _ours(folder / "growth", 1, "plaintext", {"DATABASE_URL": database}) as url:
        for number in CONVERSATIONS:
            say(f"{number} stored conversations")
            asyncio.run(stored_conversations.add(database, stored, number))
            stored = number
            rows.append(
                [f"{number} stored conversations", _milli(median(load.in_turn(url, f"after{number}", _WINDOW)))]
            )
        say("one long conversation")
        times = load.in_turn(url, "long", MESSAGES[-1] + _WINDOW)
        rows += [
            [f"after {number} messages in one conversation", _milli(median(times[number : number + _WINDOW]))]
            for number in MESSAGES
        ]
    return Table(f"Cost of a message as data grow (p50 of {_WINDOW}, one at a time)", ["measured", "ms"], rows)


def _measured(url: str, mode: str, at_once: int = AT_ONCE) -> Load:
    load.drive(url, _MODES[mode], at_once, 1.0)
    return load.drive(url, _MODES[mode], at_once, SECONDS)


def _row(name: str, found: Load) -> list[str]:
    return [name, f"{found.rate:.0f}", _milli(found.p50), _milli(found.p99), str(found.failed)]


def _milli(seconds: float) -> str:
    return f"{seconds * 1000:.1f}"


@contextmanager
def _ours(folder: Path, number: int, mode: str, variables: Mapping[str, str]) -> Iterator[str]:
    sealed = {"WECHAT_APP_ID": APP_ID, "WECHAT_ENCODING_AES_KEY": AES_KEY} if mode == "safe" else {}
    settings = {**variables, **sealed, "WECHAT_TOKEN": TOKEN, "PORT": str(unused_port())}
    with ExitStack() as stack:
        # One after the other: the first one makes the tables.
        addresses = [stack.enter_context(process.started(folder, settings)).ready() for _ in range(number)]
        yield addresses[0]


@contextmanager
def _echo() -> Iterator[str]:
    port = unused_port()
    running = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-m", "tests.benchmarks.echo", str(port)], stdout=subprocess.PIPE
    )
    try:
        assert running.stdout is not None
        running.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.kill()
        running.wait()
