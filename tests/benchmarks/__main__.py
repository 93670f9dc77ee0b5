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

from bot.assistant.training import NLU_DATA
from tests.benchmarks import (
    compare,
    dashboard,
    lists,
    ours,
    replies,
    report,
    rest,
    rule,
    sample,
    smp,
    stages,
    stock,
    stock_project,
    webhook,
)
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
    webhook_only: Annotated[bool, typer.Option("--webhook", help="Only the webhook and the whole service.")] = False,
    markdown: Annotated[Path | None, typer.Option(help="Also write the tables to this file.")] = None,
) -> None:
    """Compare speed, training time, memory and accuracy with stock Rasa: half an hour on two free cores.

    On all our questions with Rasa's LogisticRegression (its DIET would take two hours), on a sample of them and on
    SMP2017 with both.
    """
    tables = []
    with TemporaryDirectory(prefix="gongyou-bench-") as folder:
        # What Rasa keeps of earlier trainings would make a training faster than it is from scratch.
        os.environ["RASA_CACHE_DIRECTORY"] = str(Path(folder, "cache"))
        tables += [*webhook.tables(Path(folder)), rest.table(Path(folder) / "rest")]
        for part in () if webhook_only else (_public, _sample, partial(_whole, rounds=rounds, starts=starts)):
            tables += part(Path(folder))
        if not webhook_only:
            tables += [rule.table(), replies.table(), lists.table(Path(folder)), dashboard.table(Path(folder))]
    machine = (
        f"{os.cpu_count()} cores {platform.machine()}, Python {platform.python_version()}, Rasa {version('rasa')}; "
        "absolute figures depend on the machine and its load. "
        "Ours keeps conversations in SQLite, stock Rasa in memory; both act in process."
    )
    _show(tables, machine, markdown)


def _whole(folder: Path, rounds: int, starts: int) -> list[Table]:
    """All our questions, without DIET; where our messages spend their time."""
    say("all our questions")
    supply, facts = Supply(), held_out_facts()
    contenders = _contenders(folder / "whole", NLU_DATA, ["logistic"])
    measured = compare.run(contenders, supply, facts, rounds, starts)
    say("timing the stages of our message")
    conversations = supply.conversations(_PROFILED, compare.TURNS)
    found = alone(stages.profile, contenders[0].folder, conversations)
    title = "All our questions: same training data, same questions, one run"
    return [report.comparison(title, measured, len(facts)), report.stages(found)]


def _sample(folder: Path) -> list[Table]:
    """A sample of our questions, with DIET."""
    say(f"a sample of {sample.TOPICS} topics with {sample.QUESTIONS} questions each")
    facts = sample.write(folder / "data", held_out_facts())
    contenders = _contenders(folder / "sample", folder / "data", list(CLASSIFIERS))
    measured = compare.run(contenders, Supply(), facts, compare.SAMPLE_ROUNDS, 1)
    title = f"A sample of our questions, {sample.TOPICS} topics × {sample.QUESTIONS}: same data, one run"
    return [report.comparison(title, measured, len(facts))]


def _public(folder: Path) -> list[Table]:
    if not smp.FOLDER.is_dir():
        say(f"SMP2017 is skipped: {smp.FOLDER} is missing")
        return []
    say("SMP2017")
    own = folder / "smp"
    own.mkdir()
    return [report.smp(alone(smp.run, own))]


def _contenders(folder: Path, data: Path, classifiers: list[str]) -> list[Contender]:
    contenders = [Contender("ours", folder / "ours", partial(ours.train, data=data), ours.opened)]
    for name in classifiers:
        train = partial(stock.train, classifier=name, questions=stock_project.questions(data))
        contenders.append(Contender(f"Rasa ({name})", folder / name, train, stock.opened))
    for contender in contenders:
        contender.folder.mkdir(parents=True)
    return contenders


def _show(tables: list[Table], machine: str, markdown: Path | None) -> None:
    output = Console(highlight=False, width=None if sys.stdout.isatty() else _WIDTH)
    for table in tables:
        output.print(table.rich())
    output.print(machine)
    if markdown is not None:
        markdown.write_text("\n".join([*(table.markdown() for table in tables), machine + "\n"]), encoding="utf-8")


if __name__ == "__main__":
    typer.run(main)
