"""The commands that run the assistant: serve, train, ask; beside them eligibility and the groups kb, menu, nlu, user."""

from __future__ import annotations

import asyncio
import os
import signal
import uuid
from pathlib import Path
from typing import Annotated

import typer
from aiohttp import web

from bot import app as composition
from bot import log, settings
from bot.assistant import training
from bot.cli import demonstration, eligibility, kb, menu, nlu, user
from bot.cli.console import errors, output
from bot.cli.model import up_to_date_model
from bot.settings import Settings

app = typer.Typer(
    name="gongyou",
    help="工友助手: answers industrial workers' policy questions, each with its source.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)
app.command("eligibility")(eligibility.check)
app.add_typer(kb.app, name="kb")
app.add_typer(menu.app, name="menu")
app.add_typer(nlu.app, name="nlu")
app.add_typer(user.app, name="user")


@app.command()
def serve() -> None:
    """Serve WeChat (/wechat), the chat page (/) and its interface (/api/chat); train first where needed."""
    chosen = settings.read(os.environ)
    settings.serving(chosen)
    log.configure(chosen.log_level, chosen.log_format)
    asyncio.run(_serve(chosen, up_to_date_model(chosen)))


@app.command()
def train(force: Annotated[bool, typer.Option(help="Train even when nothing has changed.")] = False) -> None:
    """Train the model that understands questions, unless it is up to date."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    model = training.current_model(chosen.models)
    if model is not None and not force:
        output.print(f"{model} is up to date")
        return
    with errors.status("Training the assistant (about half a minute) …") as status:

        def progress(stage: str) -> None:
            errors.print(f"  {stage} …")
            status.update(f"Training the assistant: {stage} …")

        output.print(str(training.train(chosen.models, progress)))


@app.command()
def ask(question: Annotated[str, typer.Argument(help="A question as a worker would type it.")]) -> None:
    """Answer one question in the terminal, as WeChat would."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    asyncio.run(_ask(chosen, up_to_date_model(chosen), question))


async def _serve(chosen: Settings, model: Path) -> None:
    errors.print("Loading the assistant (some 20 seconds) …")
    async with composition.services(chosen, composition.embedded(model)) as parts:
        if chosen.demonstration:
            await demonstration.offer(parts.consoles.users)
        runner = web.AppRunner(
            composition.create_app(chosen, parts), access_log=None, shutdown_timeout=composition.DRAIN_SECONDS
        )
        await runner.setup()
        site = web.TCPSite(runner, chosen.host, chosen.port)
        await site.start()
        for host, port, *_ in runner.addresses:
            errors.print(f"Serving at http://{host}:{port}/ (WeChat: /wechat). Stop with Ctrl+C.")
        try:
            await _until_stopped()
        finally:
            await runner.cleanup()


async def _until_stopped() -> None:
    """Return on SIGINT or SIGTERM."""
    stopped = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stopped.set)
    await stopped.wait()


async def _ask(chosen: Settings, model: Path, question: str) -> None:
    async with composition.services(chosen, composition.embedded(model)) as parts:
        reply = await parts.conversation.answer("terminal", uuid.uuid4().hex, "1", question)
    for message in reply.messages:
        output.print(message.text, markup=False)
        for number, option in enumerate(message.options, 1):
            output.print(f"{number}. {option}", markup=False)
