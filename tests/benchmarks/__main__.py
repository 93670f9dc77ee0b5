"""`python -m tests.benchmarks`: one run, one report on standard output, progress on standard error."""

from __future__ import annotations

import os
import platform
import sys
from functools import partial
from importlib.metadata import version
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Annotated

import typer
from rich.console import Console

from tests.benchmarks import compare, ours, report, rule, smp, stages, stock
from tests.benchmarks.process import alone
from tests.benchmarks.progress import say
from tests.benchmarks.questions import Supply, held_out_facts
from tests.benchmarks.stock_project import CLASSIFIERS
from tests.benchmarks.subject import Contender
from tests.benchmarks.tables import Table

_PROFILED = 60
_WIDTH = 110


def main(
    rounds: Annotated[int, typer.Option(min=3, help="Rounds of 60 messages and 30 texts to parse for each.")] = 10,
    starts: Annotated[int, typer.Option(min=1, help="How often each assistant is started.")] = 3,
    diet: Annotated[
        bool, typer.Option("--diet", help="Also train and time Rasa's DIET (about two hours more on two cores).")
    ] = False,
    public: Annotated[bool, typer.Option("--smp", help="Also compare the models on SMP2017.")] = False,
    markdown: Annotated[Path | None, typer.Option(help="Also write the tables to this file.")] = None,
) -> None:
    """Compare speed, training time, memory and accuracy with a stock Rasa assistant."""
    with TemporaryDirectory(prefix="gongyou-bench-") as folder:
        # What Rasa keeps of earlier trainings would make a training faster than it is from scratch.
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder, "cache"))
        tables = [*_assistants(Path(folder), rounds, starts, diet), rule.table()]
    if public:
        tables += _public()
    machine = (
        f"{os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}, Rasa {version('rasa')}; "
        "absolute figures depend on the machine and its load. "
        "Ours keeps conversations in SQLite, stock Rasa in memory; both act in process."
    )
    _show(tables, machine, markdown)


def _assistants(folder: Path, rounds: int, starts: int, diet: bool) -> list[Table]:
    supply, facts = Supply(), held_out_facts()
    contenders = _contenders(folder, diet)
    measured = compare.run(contenders, supply, facts, rounds, starts)
    say("timing the stages of our message")
    conversations = supply.conversations(_PROFILED, compare.TURNS)
    found = alone(stages.profile, contenders[0].folder, conversations)
    return [report.comparison(measured, len(facts)), report.stages(found)]


def _contenders(folder: Path, diet: bool) -> list[Contender]:
    contenders = [Contender("ours", folder / "ours", ours.train, ours.opened)]
    for name in CLASSIFIERS if diet else list(CLASSIFIERS)[:1]:
        train = partial(stock.train, classifier=name)
        contenders.append(Contender(f"Rasa ({name})", folder / name, train, stock.opened))
    for contender in contenders:
        contender.folder.mkdir()
    return contenders


def _public() -> list[Table]:
    if not smp.FOLDER.is_dir():
        say(f"SMP2017 is skipped: {smp.FOLDER} is missing")
        return []
    say("comparing the models on SMP2017")
    return [report.smp(*alone(smp.run))]


def _show(tables: list[Table], machine: str, markdown: Path | None) -> None:
    output = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    for table in tables:
        output.print(table.rich())
    output.print(machine)
    if markdown is not None:
        markdown.write_text("\n".join([*(table.markdown() for table in tables), machine + "\n"]), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
