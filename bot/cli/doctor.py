"""The command that looks at everything the service needs."""

from __future__ import annotations

import asyncio
import os

import typer

from bot import log, settings
from bot.cli.console import output
from bot.doctor.examination import examine
from bot.doctor.finding import State
from bot.doctor.words import in_english
from bot.settings import Settings
from bot.storage.clock import utc_now

_MARKS = {State.OK: "ok     ", State.WARNING: "warning", State.BAD: "BAD    ", State.OFF: "off    "}


def doctor() -> None:
    """Check settings, disk, database, content, model, Redis, clocks and WeChat; say what to mend. Changes nothing.

    Ends with status 1 where something is bad.
    """
    chosen = settings.read(os.environ)
    log.configure("ERROR", chosen.log_format)
    if not asyncio.run(_examined(chosen)):
        raise typer.Exit(1)


async def _examined(chosen: Settings) -> bool:
    well = True
    async for finding in examine(chosen, utc_now):
        told = in_english(finding)
        output.print(f"{_MARKS[told.state]}  {told.name}: {told.told}", markup=False, soft_wrap=True)
        if told.mend:
            output.print(f"         → {told.mend}", markup=False, soft_wrap=True)
        well = well and finding.state is not State.BAD
    return well
