"""Commands that measure and tune understanding."""

from __future__ import annotations

import asyncio
import os
import random
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
import typer
import yaml
from rich.progress import Progress
from rich.table import Table

from bot import log, settings
from bot import services as composition
from bot.assistant import making
from bot.assistant.port import Assistant, Understanding
from bot.assistant.training import NLU_DATA, ROOT
from bot.cli.console import errors, output
from bot.cli.model import up_to_date_model
from bot.evaluation import cases
from bot.evaluation.cases import Case
from bot.evaluation.run import Judged, Outcome, run
from policies_kb import loader
from policies_kb.query import family

if TYPE_CHECKING:
    from bot.evaluation import perturb, report

app = typer.Typer(help="Measure and tune the understanding of questions.", no_args_is_help=True)
QUESTIONS = ROOT / "tests" / "questions"
THRESHOLDS = NLU_DATA / "thresholds.yml"
CONTEXT = NLU_DATA / "context.yml"
SAMPLE = 200
SEED = 7


@app.command("test")
def measure(
    files: Annotated[
        list[Path] | None, typer.Argument(help="JSON Lines of cases; the held-out ones by default.")
    ] = None,
    html: Annotated[Path, typer.Option(help="Where the report is written.")] = Path("var/nlu-report.html"),
    floors: Annotated[Path | None, typer.Option(help="YAML of least shares; below one the command fails.")] = None,
    robustness: Annotated[bool, typer.Option(help="Also make fact questions noisy in five ways.")] = True,
) -> None:
    """Ask every held-out question and report accuracy, confusion, wrong answers, calibration and robustness."""
    from bot.evaluation import report  # scikit-learn comes with it, which no other command should wait for

    chosen = cases.read(files or sorted(QUESTIONS.glob("held_out*.jsonl")))
    judged, shares = asyncio.run(_measure(chosen, robustness=robustness))
    summary = report.summarise(judged, shares)
    _print(summary)
    html.parent.mkdir(parents=True, exist_ok=True)
    html.write_text(report.page(summary, judged), encoding="utf-8")
    output.print(f"The whole report: {html}")
    if floors is not None and (fallen := _below(summary, floors)):
        for line in fallen:
            errors.print(line, style="red")
        raise typer.Exit(1)


@app.command("tune")
def tune_thresholds(
    files: Annotated[list[Path] | None, typer.Argument(help="JSON Lines of development cases.")] = None,
    write: Annotated[bool, typer.Option(help="Write the thresholds; they are stored with the next model.")] = True,
    picture: Annotated[Path, typer.Option(help="Where the reliability diagram goes.")] = NLU_DATA / "reliability.png",
) -> None:
    """Choose the confidence from which a topic is answered, on development questions that are not held out."""
    from bot.evaluation import report, tune

    chosen = cases.read(files or sorted(QUESTIONS.glob("development*.jsonl")))
    judged, _ = asyncio.run(_measure(chosen, robustness=False))
    choice = tune.choose(judged)
    output.print(f"{choice.thresholds}: mean cost {choice.cost:.3f}")
    for outcome, share in choice.shares.items():
        output.print(f"  {outcome.value:<7}{100 * share:5.1f} %")
    if write:
        text = "# Chosen by `gongyou nlu tune` on the development questions; see Thresholds in bot/nlu/decision.py.\n"
        THRESHOLDS.write_text(text + yaml.safe_dump(msgspec.structs.asdict(choice.thresholds)), encoding="utf-8")
        picture.write_bytes(report.reliability_picture(report.reliability(judged)))
        output.print(f"Written to {THRESHOLDS} and {picture}; `gongyou train` stores them with the model.")


@app.command("learn-context")
def learn_context(
    files: Annotated[list[Path] | None, typer.Argument(help="JSON Lines of development cases.")] = None,
    write: Annotated[bool, typer.Option(help="Write the weights; they are stored with the next model.")] = True,
) -> None:
    """Learn from development conversations how much the question before counts for a follow-up."""
    from bot.evaluation import follow_ups  # numpy and Rasa come with these
    from bot.nlu.graph import archive

    chosen = cases.read(files or sorted(QUESTIONS.glob("development*.jsonl")))
    reader = archive.open_reader(up_to_date_model(settings.read(os.environ)))
    knowledge = loader.load()
    conversations = [*chosen, *follow_ups.switches(chosen)]
    found = follow_ups.situations(conversations, reader.model, reader.read, partial(family, knowledge))
    weights = msgspec.structs.asdict(follow_ups.learn(list(found)))
    output.print(weights)
    if write:
        text = "# Learnt by `gongyou nlu learn-context` from the development conversations; see bot/nlu/context.py.\n"
        CONTEXT.write_text(text + yaml.safe_dump(weights, sort_keys=False), encoding="utf-8")
        output.print(f"Written to {CONTEXT}; `gongyou train` stores them with the model.")


async def _measure(chosen: Sequence[Case], *, robustness: bool) -> tuple[list[Judged], dict[str, float]]:
    from bot.evaluation import perturb

    read = settings.read(os.environ)
    log.configure("WARNING", read.log_format)
    model = up_to_date_model(read)
    with tempfile.TemporaryDirectory() as folder, Progress(console=errors, transient=True) as progress:
        private = replace(read, database_url=f"sqlite+aiosqlite:///{folder}/test.db")
        async with composition.services(private, making.embedded(model)) as parts:
            judged = await _run(chosen, "plain", parts.assistant, progress)
            if not robustness:
                return judged, {}
            single = [case for case in chosen if case.kind == "fact"]
            sampling = random.Random(SEED)  # noqa: S311 - The same ones every time.
            facts = sampling.sample(single, k=min(SAMPLE, len(single)))
            texts = [turn.say for case in chosen for turn in case.turns]
            shares = {"as written": _share_right([one for one in judged if one.case in facts])}
            for name, change in perturb.perturbations(QUESTIONS / "perturbations.yml", texts).items():
                chance = random.Random(SEED)  # noqa: S311 - The same noise every time.
                noisy = [msgspec.structs.replace(c, turns=(_noisy(c, change, chance),)) for c in facts]
                shares[name] = _share_right(await _run(noisy, name, parts.assistant, progress))
            return judged, shares


def _noisy(case: Case, change: perturb.Perturbation, chance: random.Random) -> cases.Turn:
    turn = case.turns[0]
    return msgspec.structs.replace(turn, say=change(turn.say, chance))


async def _run(chosen: Sequence[Case], name: str, assistant: Assistant, progress: Progress) -> list[Judged]:
    task = progress.add_task(name, total=len(chosen))

    async def understand(conversation: str, text: str) -> Understanding:
        reply = await assistant.ask(f"{name}:{conversation}", text)
        return reply.understanding or Understanding("", None, 0.0)

    return await run(chosen, understand, lambda done: progress.update(task, completed=done))


def _share_right(judged: Sequence[Judged]) -> float:
    return sum(one.outcome is Outcome.RIGHT for one in judged) / max(1, len(judged))


def _print(summary: report.Summary) -> None:
    table = Table("kind", *(outcome.value for outcome in Outcome), "right %")
    for kind, counts in summary.kinds.items():
        table.add_row(kind, *(str(counts[outcome]) for outcome in Outcome), f"{100 * summary.share(kind):.1f}")
    output.print(table)
    output.print(f"wrong, of all cases: {100 * summary.share('all', Outcome.WRONG):.1f} %")
    for name, share in summary.robustness.items():
        output.print(f"  {name:<12}{100 * share:5.1f} %")
    for right, given, count in summary.confusion[:10]:
        output.print(f"  {right} taken for {given}: {count}")


def _below(summary: report.Summary, floors: Path) -> list[str]:
    """What fell below its floor; `wrong` is a ceiling."""
    limits: Mapping[str, float] = yaml.safe_load(floors.read_text(encoding="utf-8"))
    found = []
    for name, limit in limits.items():
        if name != "wrong" and name not in summary.kinds:
            continue
        wrong = name == "wrong"
        share = summary.share("all", Outcome.WRONG) if wrong else summary.share(name)
        if (share > limit) if wrong else (share < limit):
            found.append(f"{name}: {100 * share:.1f} %, the limit is {100 * limit:.1f} %; see the report for the cases")
    return found
