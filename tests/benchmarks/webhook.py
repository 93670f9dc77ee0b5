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

SECONDS, AT_ONCE, ROUNDS = 5.0, 32, 3
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
        own = list(_own_work(folder))
        growth = _growth(folder, server)
    head = ["served by", "messages/s", "p50, ms", "p99, ms", "p99 at half of it, ms", "without answer"]
    return [
        Table(f"The webhook under load: {AT_ONCE} messages at once, one run", head, rows),
        Table("The webhook's own work: one message at a time", ["served by", "p50, ms", "p99, ms"], own),
        growth,
    ]


def _own_work(folder: Path) -> Iterator[list[str]]:
    """The echo, the webhook without storage and assistant, and the whole with a small assistant, by turns."""
    for mode, make in _MODES.items():
        say(f"one at a time, {mode}")
        with ExitStack() as stack:
            servers = {
                "bare echo": stack.enter_context(_module("echo")),
                "the webhook alone": stack.enter_context(_module("webhook_alone", mode)),
                "with both transactions, SQLite": stack.enter_context(_ours(folder / f"own-{mode}", 1, mode, {})),
            }
            found: dict[str, list[Load]] = {name: [] for name in servers}
            for _ in range(ROUNDS):
                for name, url in servers.items():
                    found[name].append(load.drive(url, make, 1, 1.0))
        for name, loads in found.items():
            best = min(loads, key=lambda one: one.p50)
            yield [f"{name}, {mode}", f"{best.p50 * 1000:.2f}", _milli(best.p99)]


def _throughput(folder: Path, server: postgresql.PostgreSQL | None) -> Iterator[list[str]]:
    for mode in _MODES:
        say(f"echo, {mode}")
        with _module("echo") as url:
            yield _row(f"bare echo, 1 process, {mode}", _measured(url, mode))
    for mode in _MODES:
        say(f"SQLite, {mode}")
        with _ours(folder / f"sqlite-{mode}", 1, mode, {}) as url:
            yield _row(f"ours, 1 process, SQLite, {mode}", _measured(url, mode))
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


def _measured(url: str, mode: str) -> tuple[Load, Load]:
    """At saturation, and at half of it."""
    load.drive(url, _MODES[mode], AT_ONCE, 1.0)
    full = load.drive(url, _MODES[mode], AT_ONCE, SECONDS)
    return full, load.drive(url, _MODES[mode], AT_ONCE, SECONDS, full.rate / 2)


def _row(name: str, found: tuple[Load, Load]) -> list[str]:
    full, half = found
    failed = str(full.failed + half.failed)
    return [name, f"{full.rate:.0f}", _milli(full.p50), _milli(full.p99), _milli(half.p99), failed]


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
def _module(name: str, *arguments: str) -> Iterator[str]:
    """A server of the benchmarks, which takes a port and tells when it listens."""
    port = unused_port()
    command = [sys.executable, "-W", "ignore", "-m", f"tests.benchmarks.{name}", str(port), *arguments]
    running = subprocess.Popen(command, stdout=subprocess.PIPE)
    try:
        assert running.stdout is not None
        running.stdout.readline()
        yield f"http://127.0.0.1:{port}"
    finally:
        running.kill()
        running.wait()
