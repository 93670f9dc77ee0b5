"""Commands on the models that all processes share, and what other commands do with them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from pathlib import Path
from typing import Annotated

import typer

from bot import log, settings
from bot.accounts.audit import COMMAND_LINE
from bot.assistant import models, training
from bot.cli.console import errors, output
from bot.cli.model import up_to_date_model
from bot.hints import MODEL, hints
from bot.learning.service import ModelService, ModelUnusable
from bot.privacy import key
from bot.questions import added
from bot.settings import Settings
from bot.storage.clock import utc_now
from bot.storage.database import Database
from bot.storage.models import ModelRepository

app = typer.Typer(help="The trained models, and which of them is in service.", no_args_is_help=True)


@app.command("list")
def list_() -> None:
    """List the models, the newest first; * marks the one in service, ! those that this version cannot load."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    code = training.code_digest()
    for one in asyncio.run(_versions(chosen)):
        mark = "!" if one.code != code else "*" if one.in_service else " "
        size = f"{one.size / 1e6:.1f} MB" if one.kept else "not kept"
        output.print(f"{mark} {one.digest}  {one.stored_at:%Y-%m-%d %H:%M} UTC  {size}", markup=False)


@app.command()
def use(digest: Annotated[str, typer.Argument(help="The model, or the beginning of its name.")]) -> None:
    """Put a model into service; every process takes it up within seconds."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    try:
        found = asyncio.run(_use(chosen, digest))
    except ModelUnusable as error:
        errors.print(f"{error.count} models that can be used begin with {digest}: see `gongyou model list`.")
        raise typer.Exit(1) from None
    output.print(f"{found} is in service")


async def in_service(chosen: Settings) -> Path:
    """The file of the model to serve with: fetched, or trained where there is none for the data as it is here."""
    questions = await added_questions(chosen)
    async with _opened(chosen) as kept:
        own_first = chosen.database_url.startswith("sqlite")
        make = partial(up_to_date_model, chosen, questions)
        path = await models.model_in_service(kept, chosen.models, make, own_first=own_first)
    if training.digest_of(path) != training.digest_with(questions):
        errors.print("The model in service was trained from other questions than those here; see `gongyou model list`.")
    return path


async def added_questions(chosen: Settings) -> training.Questions:
    """What editors have added to topics in the console."""
    database = Database(chosen.database_url)
    try:
        await database.migrate(key.pseudonyms(chosen))
        return await added(database.sessions, utc_now).all()
    finally:
        await database.close()


async def hand_out(chosen: Settings, model: Path) -> None:
    """Put a model that was trained here into service."""
    async with _opened(chosen) as kept:
        await models.hand_out(kept, model, choose=True)
    await _tell(chosen)


async def _versions(chosen: Settings) -> list[models.Version]:
    async with _opened(chosen) as kept:
        return list(await kept.versions())


async def _use(chosen: Settings, name: str) -> str:
    async with _opened(chosen) as kept:
        return await ModelService(kept, partial(_tell, chosen), utc_now).use(COMMAND_LINE, name, "")


async def _tell(chosen: Settings) -> None:
    told = hints(chosen.redis_url)
    await told.tell(MODEL)
    await told.close()


@asynccontextmanager
async def _opened(chosen: Settings) -> AsyncIterator[ModelRepository]:
    database = Database(chosen.database_url)
    try:
        await database.migrate(key.pseudonyms(chosen))
        yield ModelRepository(database.sessions, utc_now)
    finally:
        await database.close()
