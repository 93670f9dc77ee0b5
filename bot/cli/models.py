"""Commands on the models that all processes share, and what other commands do with them."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated

import typer

from bot import log, settings
from bot.assistant import models, training
from bot.cli.console import errors, output
from bot.cli.model import up_to_date_model
from bot.hints import MODEL, hints
from bot.settings import Settings
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
    code = training.code_digest()
    versions = asyncio.run(_versions(chosen))
    found = [one.digest for one in versions if one.digest.startswith(digest) and one.kept and one.code == code]
    if len(found) != 1:
        errors.print(f"{len(found)} models that can be used begin with {digest}: see `gongyou model list`.")
        raise typer.Exit(1)
    asyncio.run(_choose(chosen, found[0]))
    output.print(f"{found[0]} is in service")


async def in_service(chosen: Settings) -> Path:
    """The file of the model to serve with: fetched, or trained where there is none for the data as it is here."""
    async with _opened(chosen) as kept:
        own_first = chosen.database_url.startswith("sqlite")
        path = await models.model_in_service(kept, chosen.models, lambda: up_to_date_model(chosen), own_first=own_first)
    if training.digest_of(path) != training.digest():
        errors.print("The model in service was trained from other questions than those here; see `gongyou model list`.")
    return path


async def hand_out(chosen: Settings, model: Path) -> None:
    """Put a model that was trained here into service."""
    async with _opened(chosen) as kept:
        await models.hand_out(kept, model, choose=True)
    await _tell(chosen)


async def _versions(chosen: Settings) -> list[models.Version]:
    async with _opened(chosen) as kept:
        return list(await kept.versions())


async def _choose(chosen: Settings, digest: str) -> None:
    async with _opened(chosen) as kept:
        await kept.choose(digest)
    await _tell(chosen)


async def _tell(chosen: Settings) -> None:
    told = hints(chosen.redis_url)
    await told.tell(MODEL)
    await told.close()


@asynccontextmanager
async def _opened(chosen: Settings) -> AsyncIterator[ModelRepository]:
    database = Database(chosen.database_url)
    try:
        await database.migrate()
        yield ModelRepository(database.sessions, lambda: datetime.now(timezone.utc))
    finally:
        await database.close()
