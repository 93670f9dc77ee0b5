"""Commands on what is kept of workers."""

from __future__ import annotations

import asyncio
import os
from typing import Annotated

import typer

from bot import log, settings
from bot.cli.console import output
from bot.privacy import key
from bot.privacy.retention import Retention, periods
from bot.settings import Settings
from bot.storage.clock import utc_now
from bot.storage.database import Database
from bot.storage.privacy import PrivacyRepository

app = typer.Typer(help="What is kept of workers, and for how long.", no_args_is_help=True)


@app.command()
def purge(
    dry_run: Annotated[bool, typer.Option(help="Only say how many rows of each table would be deleted.")] = False,
) -> None:
    """Delete what is older than its period, as the service does once a day; prints the rows of each table."""
    chosen = settings.read(os.environ)
    log.configure("WARNING", chosen.log_format)
    for table, count in asyncio.run(_purge(chosen, dry_run=dry_run)).items():
        output.print(f"{table}: {count} (kept {periods()[table].days} days)", markup=False)


async def _purge(chosen: Settings, *, dry_run: bool) -> dict[str, int]:
    database = Database(chosen.database_url)
    try:
        await database.migrate(key.pseudonyms(chosen))
        retention = Retention(PrivacyRepository(database.sessions), utc_now)
        return await (retention.overdue() if dry_run else retention.purge())
    finally:
        await database.close()
