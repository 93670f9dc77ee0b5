"""Keeps several processes of the service running on one machine; they share a socket that their parent opened."""

from __future__ import annotations

import asyncio
import signal
import socket
from collections.abc import Callable, Coroutine, Mapping, Sequence
from typing import Any

import structlog

PAUSES = (1.0, 2.0, 4.0, 8.0, 16.0)
"""Seconds before a worker that died is started again; one that dies once more after the last ends them all."""

SETTLED = 60.0
"""Seconds after which a worker has started well: its death is then the first one again."""

GRACE = 30.0
"""Seconds that the workers may take to end; more than the drains of conversations, requests and the outbox together."""

log = structlog.get_logger()


class WorkersFailed(Exception):
    """A worker could not be kept running; the message says what to look at."""


def bound(host: str, port: int) -> socket.socket:
    """A socket that does not listen yet, so that clients are refused until the first worker is ready."""
    (family, kind, protocol, _, address), *_ = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    opened = socket.socket(family, kind, protocol)
    opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    opened.bind(address)
    return opened


class Workers:
    """`count` processes of `command`, which inherit `sockets` and end when their standard input does.

    `died` is told the number of each process that ended.
    """

    def __init__(
        self,
        command: Sequence[str],
        count: int,
        sockets: Sequence[int] = (),
        pauses: Sequence[float] = PAUSES,
        environment: Mapping[str, str] | None = None,
        died: Callable[[int], object] = int,
    ) -> None:
        self._command = command
        self._count = count
        self._sockets = tuple(sockets)
        self._pauses = pauses
        self._environment = environment
        self._died = died

    async def run(self, stopped: asyncio.Event, grace: float = GRACE) -> None:
        """Keep them running until `stopped`, then end them; raises WorkersFailed."""
        failed: list[WorkersFailed] = []

        async def keep() -> None:
            try:
                await self._keep(stopped, grace)
            except WorkersFailed as error:
                failed.append(error)
                stopped.set()

        await asyncio.gather(*(keep() for _ in range(self._count)))
        if failed:
            raise failed[0]

    async def _keep(self, stopped: asyncio.Event, grace: float) -> None:
        deaths, loop = 0, asyncio.get_running_loop()
        while not stopped.is_set():
            started = loop.time()
            # A parent that is killed cannot tell its workers; the system closes their standard input then.
            process = await asyncio.create_subprocess_exec(
                *self._command, stdin=asyncio.subprocess.PIPE, pass_fds=self._sockets, env=self._environment
            )
            if await _ended(process, stopped, grace):
                self._died(process.pid)
                return
            self._died(process.pid)
            deaths = deaths + 1 if loop.time() - started < SETTLED else 1
            log.error("worker_died", pid=process.pid, status=process.returncode, deaths=deaths)
            if deaths > len(self._pauses):
                raise WorkersFailed(f"a worker died {deaths} times, the last time with status {process.returncode}")
            await _first(stopped.wait(), asyncio.sleep(self._pauses[deaths - 1]))


async def _ended(process: asyncio.subprocess.Process, stopped: asyncio.Event, grace: float) -> bool:
    """Wait for a process; whether it ended because it was told to."""
    await _first(process.wait(), stopped.wait())
    if process.returncode is not None:
        return stopped.is_set()
    process.send_signal(signal.SIGTERM)
    try:
        await asyncio.wait_for(process.wait(), grace)
    except asyncio.TimeoutError:
        log.error("worker_killed", pid=process.pid)  # noqa: TRY400 - There is nothing to trace.
        process.kill()
        await process.wait()
    return True


async def _first(*waits: Coroutine[Any, Any, object]) -> None:
    """Return with the first of them, and give the others up."""
    tasks = [asyncio.create_task(one) for one in waits]
    try:
        await asyncio.wait(tasks, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
