"""The commands kb import and kb export: content between the database and YAML files or a workbook."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer

from bot.accounts.audit import COMMAND_LINE
from bot.cli import published
from bot.cli.console import errors, output
from bot.content.drafts import Drafts
from bot.content.exchange import PartChange, compare, left_out
from bot.content.publishing import Publishing
from bot.content.timeline import values_at
from bot.exchange import archive
from bot.exchange import words as exchange_words
from bot.exchange.model import Trouble, Unreadable
from bot.exchange.service import file_of, given_by, troubles_of
from bot.storage.clock import utc_now
from policies_kb import loader, yaml_writer
from policies_kb.parts import FOLDERS, Part, PartKind, parts_of

DIFFERENT = 3
"""The exit status of a dry run that found something to change."""

Parts = dict[Part, Any]


def import_(
    path: Annotated[
        Path, typer.Argument(help="A folder of content files; or one file: .xlsx, .zip or .yml.", exists=True)
    ],
    dry_run: Annotated[bool, typer.Option(help="Show what would change; exit status 3 when something would.")] = False,
    reason: Annotated[str, typer.Option(help="Why, for the audit log.")] = "",
) -> None:
    """Publish the content of a folder or file: all of it or, when something is wrong, nothing.

    What is published and not in it stays.
    """
    folder = _folder(path) if path.is_dir() else None
    if not dry_run and not reason.strip():
        raise typer.BadParameter("say why with --reason: it goes into the audit log")
    if asyncio.run(_import(path, folder, reason, dry_run=dry_run)) and dry_run:
        raise typer.Exit(DIFFERENT)


def export(
    path: Annotated[Path, typer.Argument(help="A folder, where files that say the same stay; or a file: .xlsx, .zip.")],
) -> None:
    """Write the published content out; `kb check` reads the folder, `kb import` all of them."""
    parts = asyncio.run(_published())
    if path.suffix in (".xlsx", ".zip"):
        path.write_bytes(file_of(path.suffix[1:], parts))
        output.print(str(path), markup=False)
        return
    for written in yaml_writer.export(parts, path):
        output.print(str(written), markup=False)


def _folder(path: Path) -> Parts:
    """The content of a folder, with every problem by its line."""
    loaded, problems = loader.read(path)
    for problem in problems:
        output.print(f"[ERROR] {problem}", markup=False)
    if loaded is None or problems:
        _stop(len(problems))
    files = sorted((path / FOLDERS[PartKind.QUESTIONS]).glob("*.yml"))
    questions = archive.read(((one.name, one.read_bytes()) for one in files), exchange_words.load())
    _check(questions.troubles)
    return {**parts_of(loaded.knowledge), **questions.parts}


def _file(path: Path, held: Parts) -> Parts:
    """The parts of one file, on top of what is published."""
    try:
        given = given_by(path.name, path.read_bytes(), held)
    except Unreadable as unreadable:
        output.print(f"[ERROR] {path}: {exchange_words.load().unreadable[str(unreadable)]}", markup=False)
        _stop(1)
    _check(given.troubles or troubles_of(held, given.parts))
    return dict(given.parts)


def _check(troubles: Sequence[Trouble]) -> None:
    for place, text in troubles:
        output.print(f"[ERROR] {place}: {text}", markup=False)
    if troubles:
        _stop(len(troubles))


def _stop(count: int) -> NoReturn:
    errors.print(f"{count} problems; nothing was changed", style="red")
    raise typer.Exit(1)


async def _import(path: Path, folder: Parts | None, reason: str, *, dry_run: bool) -> bool:
    async with published.opened() as store:
        held = values_at(await store.timeline(utc_now()), utc_now())
        given = folder if folder is not None else _file(path, held)
        changes = compare(held, given)
        for change in changes:
            _tell(change)
        for part in left_out(held, given) if folder is not None else ():
            output.print(f"{part}: not in the folder, stays", markup=False)
        output.print(f"{len(changes)} of {len(given)} parts differ")
        if changes and not dry_run:
            publishing = Publishing(store, Drafts(store, utc_now), utc_now, _nobody)
            await publishing.replace(COMMAND_LINE, {change.part: change.value for change in changes}, reason)
            output.print("published")
    return bool(changes)


async def _published() -> Parts:
    async with published.opened() as store:
        return values_at(await store.timeline(utc_now()), utc_now())


def _tell(change: PartChange) -> None:
    if change.new:
        output.print(f"{change.part}: new", markup=False)
    for difference in change.differences:
        output.print(f"{change.part}: {difference}", markup=False)


async def _nobody() -> None:
    """The services see it at their next look."""
