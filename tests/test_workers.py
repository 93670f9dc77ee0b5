"""Several processes on one socket: started, started again when they die, and ended together."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.workers import Workers, WorkersFailed, bound

ANSWER = """
import os, socket, sys
shared = socket.socket(fileno=int(sys.argv[1]))
shared.listen()
print(os.getpid(), file=open(sys.argv[2], "a"), flush=True)
while True:
    client, _ = shared.accept()
    client.sendall(str(os.getpid()).encode())
    client.close()
"""
STUBBORN = """
import os, signal, sys, time
signal.signal(signal.SIGTERM, signal.SIG_IGN)
print(os.getpid(), file=open(sys.argv[2], "a"), flush=True)
sys.stdin.read()
"""


@pytest.fixture
def shared() -> Iterator[socket.socket]:
    with bound("127.0.0.1", 0) as opened:
        yield opened


class Running:
    """Workers whose program notes its process number in a file."""

    def __init__(self, shared: socket.socket, program: str, folder: Path, count: int = 2) -> None:
        self._noted = folder / "started"
        self.ended: list[int] = []
        self.address = shared.getsockname()
        self.stopped = asyncio.Event()
        command = [sys.executable, "-c", program, str(shared.fileno()), str(self._noted)]
        workers = Workers(command, count, [shared.fileno()], pauses=(0.0, 0.0), died=self.ended.append)
        self.task = asyncio.create_task(workers.run(self.stopped, grace=0.2 if program == STUBBORN else 30))

    async def started(self, number: int) -> list[int]:
        """The processes, once so many were started."""
        while True:
            pids = [int(line) for line in self._noted.read_text().split()] if self._noted.exists() else []
            if len(pids) >= number:
                return pids
            await asyncio.wait({self.task}, timeout=0.01)
            assert not self.task.done()

    async def ask(self) -> int:
        """Which process answers."""
        reader, writer = await asyncio.open_connection(*self.address)
        answer = await reader.read()
        writer.close()
        await writer.wait_closed()
        return int(answer)


async def test_all_answer_on_one_socket_and_end_when_told(shared: socket.socket, tmp_path: Path) -> None:
    running = Running(shared, ANSWER, tmp_path)
    pids = await running.started(2)

    answers = {await running.ask() for _ in range(10)}
    running.stopped.set()
    await running.task

    assert answers <= set(pids)
    assert sorted(running.ended) == sorted(pids)


async def test_worker_that_dies_is_started_again_and_the_other_answers(shared: socket.socket, tmp_path: Path) -> None:
    running = Running(shared, ANSWER, tmp_path)
    first, second = await running.started(2)

    os.kill(first, signal.SIGKILL)
    pids = await running.started(3)
    answers = {await running.ask() for _ in range(10)}
    running.stopped.set()
    await running.task

    assert answers <= {second, pids[2]}
    assert running.ended[0] == first


async def test_worker_that_does_not_end_is_killed(shared: socket.socket, tmp_path: Path) -> None:
    running = Running(shared, STUBBORN, tmp_path, count=1)
    await running.started(1)

    running.stopped.set()
    await running.task

    assert len(running.ended) == 1


async def test_worker_that_never_starts_well_ends_all(shared: socket.socket, tmp_path: Path) -> None:
    running = Running(shared, "raise SystemExit(3)", tmp_path)

    with pytest.raises(WorkersFailed, match="died 3 times, the last time with status 3"):
        await running.task


def test_socket_refuses_before_somebody_listens(shared: socket.socket) -> None:
    with socket.socket() as client:
        assert client.connect_ex(shared.getsockname()) != 0
