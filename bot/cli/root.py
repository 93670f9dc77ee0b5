"""The commands that run the assistant: serve, train, ask; beside them doctor, eligibility and the groups kb, menu, model, nlu, privacy, user."""

from __future__ import annotations

import asyncio
import os
import uuid
from pathlib import Path
from typing import Annotated

import typer

from bot import log, settings
from bot import services as composition
from bot.assistant import making, training
from bot.cli import doctor, eligibility, kb, learn, menu, models, nlu, privacy, serving, user
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
app.command("doctor")(doctor.doctor)
app.command("eligibility")(eligibility.check)
app.command("learn", hidden=True)(learn.learn)
app.add_typer(kb.app, name="kb")
app.add_typer(menu.app, name="menu")
app.add_typer(models.app, name="model")
app.add_typer(nlu.app, name="nlu")
app.add_typer(privacy.app, name="privacy")
app.add_typer(user.app, name="user")


@app.command()
def serve(
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes; more than one need PostgreSQL.")] = 1,
    listen_fd: Annotated[int | None, typer.Option(hidden=True, help="The socket that the parent opened.")] = None,
) -> None:
    """Serve WeChat (/wechat), the chat page (/) and its interface (/api/chat); train first where needed."""
    chosen = settings.read(os.environ)
    settings.serving(chosen, workers)
    log.configure(chosen.log_level, chosen.log_format)
    if workers > 1:
        asyncio.run(serving.serve_with_workers(chosen, workers))
    else:
        asyncio.run(serving.serve(chosen, listen_fd))


@app.command()
def train(
    force: Annotated[bool, typer.Option(help="Train even when nothing has changed.")] = False,
    use: Annotated[bool, typer.Option(help="Put the model into service, for all processes on the database.")] = True,
    files_only: Annotated[bool, typer.Option("--files-only", help="Without what was added in the console.")] = False,
) -> None:
    """Train the model that understands questions, unless it is up to date."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    questions = {} if files_only else asyncio.run(models.added_questions(chosen))
    found = training.current_model(chosen.models, questions)
    current = found is not None and not force
    model = found if found is not None and not force else _trained(chosen, questions)
    if use:
        asyncio.run(models.hand_out(chosen, model))
    output.print(f"{model} is up to date" if current else str(model))


@app.command()
def ask(question: Annotated[str, typer.Argument(help="A question as a worker would type it.")]) -> None:
    """Answer one question in the terminal, as WeChat would."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    asyncio.run(_ask(chosen, up_to_date_model(chosen), question))


def _trained(chosen: Settings, questions: training.Questions) -> Path:
    with errors.status("Training the assistant (about half a minute) …") as status:

        def progress(stage: str) -> None:
            errors.print(f"  {stage} …")
            status.update(f"Training the assistant: {stage} …")

        return training.train(chosen.models, progress, questions)


async def _ask(chosen: Settings, model: Path, question: str) -> None:
    async with composition.services(chosen, making.embedded(model)) as parts:
        reply = await parts.conversation.answer("terminal", uuid.uuid4().hex, "1", question)
    for message in reply.messages:
        output.print(message.text, markup=False)
        for number, option in enumerate(message.options, 1):
            output.print(f"{number}. {option}", markup=False)
