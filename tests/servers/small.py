"""`python -m tests.servers.small`: the application with a small assistant in place of Rasa, as one process serves it.

It counts the messages of each conversation in the state that the service keeps for it, so that its replies tell whether
a message had its effect once: the n-th message of a worker is answered `第n条`.
"""

from __future__ import annotations

import asyncio
import os
from contextlib import suppress
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web

from bot import app, log, settings
from bot import services as composition
from bot.assistant.port import Message, Reply, Understanding
from bot.cli.serving import stop_signal
from bot.conversation.memory import TurnMemory
from bot.conversation.service import Times
from bot.settings import Settings
from tests.servers import dying

SOURCE = "依据:《小文件》第1条"


class Counting:
    """Answers with the number of the message within its conversation, `slowness` seconds later."""

    def __init__(self, states: TurnMemory, slowness: float, ledger: Path | None) -> None:
        self._states = states
        self._slowness = slowness
        self._ledger = ledger

    async def ask(self, conversation: str, text: str) -> Reply:
        """See the port; what is said first is slow, so that what comes after an answer that is late is not."""
        if self._ledger is not None:
            with suppress(OSError), self._ledger.open("a") as ledger:  # Its disk may be full on purpose.
                ledger.write(f"{conversation} {text}\n")
        dying.at("asked")
        if self._slowness and "快" not in text:
            await asyncio.sleep(self._slowness)
        number = int(await self._states.load(conversation) or b"0") + 1
        await self._states.save(conversation, str(number).encode())
        dying.at("answered")
        return Reply((Message(f"第{number}条 {text}\n{SOURCE}"),), Understanding("ask", "annuity", 0.99))

    async def ping(self) -> None:
        """Always well."""


def main(
    slowness: Annotated[float, typer.Option(help="Seconds that an answer takes.")] = 0.0,
    ledger: Annotated[Path | None, typer.Option(help="Note each question in this file.")] = None,
    dies_at: Annotated[str, typer.Option(help=f"Where to be killed: {', '.join(dying.STEPS)}.")] = "",
    dies_after: Annotated[int, typer.Option(help="How often to pass there before.")] = 0,
) -> None:
    """Serve with the settings of the environment; tell the address on standard output, and stop on SIGTERM."""
    chosen = settings.read(os.environ)
    log.configure("ERROR", "json")
    if dies_at:
        dying.prepare(dies_at, dies_after)
    with suppress(asyncio.CancelledError):
        asyncio.run(_serve(chosen, slowness, ledger))


async def _serve(chosen: Settings, slowness: float, ledger: Path | None) -> None:
    times = Times(burst_wait=0)
    async with composition.services(chosen, lambda states, _: Counting(states, slowness, ledger), times) as parts:
        runner = web.AppRunner(app.create_app(chosen, parts), access_log=None)
        await runner.setup()
        # Several may share a port, as the processes of one machine do.
        await web.TCPSite(runner, chosen.host, chosen.port, reuse_port=True).start()
        typer.echo(runner.addresses[0][1])
        try:
            await stop_signal().wait()
        finally:
            await runner.cleanup()


if __name__ == "__main__":
    typer.run(main)
