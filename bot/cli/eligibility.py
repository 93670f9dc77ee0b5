"""The command that tells whether somebody qualifies, and why."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import Annotated

import msgspec
import typer

from bot.cli import published
from bot.cli.console import output
from policies_kb.eligibility.evaluate import evaluate
from policies_kb.eligibility.request import asked_slots, read_answers, ruled_topic, ruled_topics
from policies_kb.eligibility.rule import Slot
from policies_kb.eligibility.summary import ConditionSummary, VerdictSummary, verdict_summary
from policies_kb.model import KnowledgeBase

_FORMS = "true, 高级工, 5年, 2年11个月, 3000元, 50%, 2017-01-01, 2017-01; a/b is anything from a to b"
_ANSWERS = typer.Argument(metavar="[SLOT=VALUE]…", help=f"What is known of the person. Values: {_FORMS}.")


def check(
    topic: Annotated[str | None, typer.Argument(help="The topic's id; without one, the topics are listed.")] = None,
    answers: Annotated[list[str] | None, _ANSWERS] = None,
    today: Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"], help="The day of the verdict.")] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Also show how each condition was tested.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print what POST /api/eligibility answers.")] = False,
) -> None:
    """Tell whether somebody qualifies for a benefit; without a topic, list the topics that have a rule."""
    knowledge = published.knowledge()
    day = today.date() if today else date.today()  # noqa: DTZ011 - The day where the command is given.
    if topic is None:
        for line in _topics(knowledge, day):
            output.print(line, markup=False)
        return
    chosen = ruled_topic(knowledge, topic, day)
    verdict = evaluate(chosen, knowledge.slots, read_answers(knowledge.slots, _written(answers or ())), day)
    summary = verdict_summary(knowledge, verdict)
    if as_json:
        output.print(msgspec.json.format(msgspec.json.encode(summary)).decode(), markup=False)
        return
    output.print(summary.text, markup=False)
    if explain:
        for line in _explanation(summary, knowledge.slots):
            output.print(line, markup=False)


def _written(answers: Sequence[str]) -> dict[str, object]:
    pairs = [answer.partition("=") for answer in answers]
    if wrong := [slot for slot, sign, _ in pairs if not sign]:
        raise typer.BadParameter(f"{', '.join(wrong)}: write SLOT=VALUE, such as insured_time=5年")
    return {slot.strip(): value for slot, _, value in pairs}


def _topics(knowledge: KnowledgeBase, day: date) -> Iterator[str]:
    for topic in ruled_topics(knowledge, day):
        yield f"{topic.id}  {topic.title}"
        for name in asked_slots(knowledge, topic):
            slot = knowledge.slots[name]
            yield f"    {name} ({_accepted(slot)})  {slot.question}"


def _accepted(slot: Slot) -> str:
    return " | ".join(slot.choices) or slot.kind.value


def _explanation(summary: VerdictSummary, slots: Mapping[str, Slot]) -> Iterator[str]:
    for condition in summary.conditions:
        yield ""
        yield f"{condition.cite} {condition.text}: {condition.status.value}"
        yield f"    test   {condition.slot} {condition.operator.value} {_required(condition)}"
        yield f"    given  {'nothing' if condition.shown is None else condition.shown}"
        yield f"    why    {condition.why}"
    if summary.missing:
        yield ""
        yield "still needed:"
    for question in summary.missing:
        yield f"    {question.slot} ({_accepted(slots[question.slot])})  {question.question}"


def _required(condition: ConditionSummary) -> str:
    if isinstance(condition.required, bool):
        return str(condition.required).lower()
    return condition.required if isinstance(condition.required, str) else " | ".join(condition.required)
