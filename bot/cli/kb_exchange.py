"""The commands kb import and kb export: content between the database and a folder of YAML files."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime, timezone
from pathlib import Path
from typing import Annotated, Any

import typer

from bot import log, settings
from bot.accounts.audit import COMMAND_LINE
from bot.cli.console import errors, output
from bot.content.drafts import Drafts
from bot.content.exchange import PartChange, compare, left_out
from bot.content.publishing import Publishing
from bot.content.seed import seed
from bot.content.timeline import values_at
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from policies_kb import loader, yaml_writer
from policies_kb.parts import Part, parts_of

DIFFERENT = 3
"""The exit status of a dry run that found something to change."""


def import_(
    folder: Annotated[Path, typer.Argument(help="A folder of content files.", exists=True, file_okay=False)],
    dry_run: Annotated[bool, typer.Option(help="Show what would change; exit status 3 when something would.")] = False,
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")] = "",
) -> None:
    """Publish the content of a folder: all of it or, when something is wrong, nothing.

    What is published and not in the folder stays.
    """
    loaded, problems = loader.read(folder)
    for problem in problems:
        output.print(f"[ERROR] {problem}", markup=False)
    if loaded is None or problems:
        errors.print(f"{len(problems)} problems; nothing was changed", style="red")
        raise typer.Exit(1)
    if not dry_run and not reason.strip():
        raise typer.BadParameter("say why with --reason: it goes into the audit log")
    if asyncio.run(_import(parts_of(loaded.knowledge), reason, dry_run=dry_run)) and dry_run:
        raise typer.Exit(DIFFERENT)


def export(
    folder: Annotated[Path, typer.Argument(help="Where to; files that say the same stay.", file_okay=False)],
) -> None:
    """Write the published content into a folder, as files that `kb check` and `kb import` read."""
    for path in yaml_writer.export(asyncio.run(_published()), folder):
        output.print(str(path), markup=False)


async def _import(given: dict[Part, Any], reason: str, *, dry_run: bool) -> bool:
    async with _store() as store:
        published = values_at(await store.timeline(_now()), _now())
        changes = compare(published, given)
        for change in changes:
            _tell(change)
        for part in left_out(published, given):
            output.print(f"{part}: not in the folder, stays", markup=False)
        output.print(f"{len(changes)} of {len(given)} parts differ")
        if changes and not dry_run:
            publishing = Publishing(store, Drafts(store, _now), _now, _nobody)
            await publishing.replace(COMMAND_LINE, {change.part: change.value for change in changes}, reason)
            output.print("published")
    return bool(changes)


async def _published() -> dict[Part, Any]:
    async with _store() as store:
        return values_at(await store.timeline(_now()), _now())


@asynccontextmanager
async def _store() -> AsyncIterator[ContentRepository]:
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    database = Database(chosen.database_url)
    try:
        await database.migrate()
        store = ContentRepository(database.sessions)
        await seed(store, loader.load, _now())
        yield store
    finally:
        await database.close()


def _tell(change: PartChange) -> None:
    if change.new:
        output.print(f"{change.part}: new", markup=False)
    for difference in change.differences:
        output.print(f"{change.part}: {difference}", markup=False)


def _now() -> datetime:
    return datetime.now(timezone.utc)


async def _nobody() -> None:
    """The services see it at their next look."""
