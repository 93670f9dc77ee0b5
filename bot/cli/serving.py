"""Serves in this process, or in several that it looks after."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from functools import partial
from tempfile import TemporaryDirectory

import aiohttp
from aiohttp import web
from prometheus_client.multiprocess import mark_process_dead

from bot import app, consoles
from bot import services as composition
from bot.accounts.users import UserAdministration
from bot.assistant import making
from bot.cli import demonstration, models
from bot.cli.console import errors
from bot.services import Services
from bot.settings import Settings
from bot.storage.clock import utc_now
from bot.workers import Workers, bound


async def serve(chosen: Settings, listen_fd: int | None = None) -> None:
    """Serve until SIGINT or SIGTERM; with a socket that a parent opened, until the parent is gone, too."""
    async with opened(chosen) as parts:
        if listen_fd is None:
            await _offer(chosen, parts.consoles.users)
        runner = web.AppRunner(app.create_app(chosen, parts), access_log=None, shutdown_timeout=app.DRAIN_SECONDS)
        await runner.setup()
        stopped = stop_signal()
        await _site(runner, chosen, listen_fd).start()
        if listen_fd is not None:
            _watch_parent(stopped.set)
        for host, port, *_ in runner.addresses:
            errors.print(f"Serving at http://{host}:{port}/ (WeChat: /wechat). Stop with Ctrl+C.")
        try:
            await stopped.wait()
        finally:
            await runner.cleanup()


async def serve_with_workers(chosen: Settings, count: int) -> None:
    """Serve with several processes until SIGINT or SIGTERM; raises WorkersFailed."""
    if not chosen.rasa_url:
        # The workers find the model then; each would train one.
        await models.in_service(chosen)
    async with consoles.opened(chosen, utc_now) as parts:
        await _offer(chosen, parts.users)
    with bound(chosen.host, chosen.port) as shared, TemporaryDirectory(prefix="gongyou-metrics-") as folder:
        command = [sys.executable, "-m", "bot", "serve", "--listen-fd", str(shared.fileno())]
        # In this process LOG_LEVEL is what Rasa was told; see bot/log.py.
        environment = {**os.environ, "PROMETHEUS_MULTIPROC_DIR": folder, "LOG_LEVEL": chosen.log_level}
        died = partial(mark_process_dead, path=folder)
        await Workers(command, count, [shared.fileno()], environment=environment, died=died).run(stop_signal())


@asynccontextmanager
async def opened(chosen: Settings) -> AsyncIterator[Services]:
    """The services with the model in service, or with the Rasa server that the settings name."""
    if chosen.rasa_url:
        async with (
            aiohttp.ClientSession() as http,
            composition.services(chosen, making.remote(chosen, http)) as parts,
        ):
            yield parts
        return
    model = await models.in_service(chosen)
    errors.print("Loading the assistant (some 20 seconds) …")
    async with composition.services(chosen, making.embedded(model), model=model) as parts:
        yield parts


def _site(runner: web.AppRunner, chosen: Settings, listen_fd: int | None) -> web.BaseSite:
    if listen_fd is None:
        return web.TCPSite(runner, chosen.host, chosen.port)
    return web.SockSite(runner, socket.socket(fileno=listen_fd))


def stop_signal() -> asyncio.Event:
    """Set by SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    return stopped


def _watch_parent(gone: Callable[[], None]) -> None:
    """The parent writes nothing to our standard input, and holds it open as long as it lives."""
    loop = asyncio.get_running_loop()

    def readable() -> None:
        loop.remove_reader(sys.stdin)
        gone()

    loop.add_reader(sys.stdin, readable)


async def _offer(chosen: Settings, users: UserAdministration) -> None:
    if chosen.demonstration:
        await demonstration.offer(users)
