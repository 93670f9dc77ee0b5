"""Makes what a worker reads out of a verdict: each condition with its item, what follows, and who decides."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from policies_kb.answer import Named, note_lines, picked_figures, reply_values, source_lines, topic_wording
from policies_kb.eligibility.display import display
from policies_kb.eligibility.evaluate import Finding, Status, Verdict
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.survey import Survey
from policies_kb.model import Aspect, Entity, KnowledgeBase, Topic
from policies_kb.placeholders import fill

_MARKS = {Status.MET: "✓", Status.NOT_MET: "✗", Status.UNKNOWN: "？"}
MOST_POSSIBLE = 8
"""Benefits that depend on something; more would not fit on a telephone's screen."""
_AMOUNT = Slot("", Kind.AMOUNT, "")


def verdict_text(
    knowledge: KnowledgeBase, verdict: Verdict, whose: str = "told", instead: Sequence[Verdict] = ()
) -> str:
    """The verdict with its reasons, ending in the source line.

    `whose` says whose case it is: "told" (the worker's own), "supposed" (what if) or "other" (somebody else's);
    `instead` are other benefits that come into question where this one does not.
    """
    topic = verdict.topic
    values = {"title": topic.title, "case": knowledge.replies[f"case_{whose}"].text}
    lines = [
        fill(knowledge.replies[f"verdict_{verdict.status.value}"].text, values),
        *(_condition_line(knowledge, verdict, finding) for finding in verdict.findings),
        *_consequence(knowledge, verdict),
        *(fill(knowledge.replies["verdict_instead"].text, {"benefit": _benefit(knowledge, one)}) for one in instead),
        guidance_text(knowledge, topic),
        *note_lines(knowledge, topic),
    ]
    return "\n".join((*lines, *source_lines(knowledge, topic, *(one.topic for one in instead))))


def progress_text(knowledge: KnowledgeBase, verdict: Verdict) -> str:
    """What is still missing and what it is for, in short, ending in the source line."""
    missing = [finding for finding in verdict.findings if finding.status is Status.UNKNOWN]
    texts = "；".join(dict.fromkeys(condition_text(knowledge, verdict, finding) for finding in missing))
    values = {"title": verdict.topic.title, "missing": texts}
    lines = (fill(knowledge.replies["verdict_progress"].text, values), *_consequence(knowledge, verdict))
    return "\n".join((*lines, *source_lines(knowledge, verdict.topic)))


def outcome_text(knowledge: KnowledgeBase, verdict: Verdict) -> str:
    """What follows once every condition is met, with the figures of the person's level or place."""
    topic = verdict.topic
    if topic.outcome is None:
        raise ValueError(f"{topic.id} has no rule")
    return topic_wording(knowledge, topic, topic.outcome.text, named(verdict)).strip()


def condition_text(knowledge: KnowledgeBase, verdict: Verdict, finding: Finding) -> str:
    """The condition in plain words."""
    return topic_wording(knowledge, verdict.topic, finding.condition.text, {})


def changes(knowledge: KnowledgeBase, verdict: Verdict) -> tuple[str, ...]:
    """What would change each condition that is not met, said once."""
    wanted = (finding.condition.otherwise for finding in verdict.findings if finding.status is Status.NOT_MET)
    return tuple(dict.fromkeys(topic_wording(knowledge, verdict.topic, text, {}) for text in wanted))


def guidance_text(knowledge: KnowledgeBase, topic: Topic) -> str:
    """That a verdict is guidance, and which office decides."""
    return fill(knowledge.replies["verdict_guidance"].text, {"contact": knowledge.contacts[topic.contact]})


def computed_text(verdict: Verdict) -> str | None:
    """The sum that the topic's calculator gives, such as 2000元."""
    return None if verdict.computed is None else display(_AMOUNT, verdict.computed)


def named(verdict: Verdict) -> Named:
    """The answers that pick a figure out of several."""
    answers = ((entity, verdict.answers.get(entity.value)) for entity in Entity)
    return {entity: frozenset({value}) for entity, value in answers if isinstance(value, str)}


def survey_text(knowledge: KnowledgeBase, found: Survey) -> str:
    """What is certain, then what is possible and what it depends on, with the items of the paper."""
    lines = []
    if found.certain:
        lines.append(knowledge.replies["benefits_certain"].text)
        lines += [f"✓ {_benefit(knowledge, verdict)}" for verdict in found.certain]
    else:
        lines.append(knowledge.replies["benefits_none"].text)
    if found.possible:
        lines.append(knowledge.replies["benefits_possible"].text)
    for verdict in found.possible[:MOST_POSSIBLE]:
        missing = "、".join(dict.fromkeys(knowledge.slots[condition.slot].title for condition in verdict.missing))
        depends = fill(knowledge.replies["benefits_missing"].text, {"missing": missing})
        lines.append(f"？ {_benefit(knowledge, verdict)}；{depends}")
    lines.append(fill(knowledge.replies["benefits_guidance"].text, reply_values(knowledge)))
    topics = [verdict.topic for verdict in (*found.certain, *found.possible[:MOST_POSSIBLE])]
    return "\n".join((*lines, *source_lines(knowledge, *topics)))


def _benefit(knowledge: KnowledgeBase, verdict: Verdict) -> str:
    """A benefit in one line: its title, and what its first figure says where it has some."""
    picked = picked_figures(verdict.topic, named(verdict))
    amounts = (
        fact for fact in verdict.topic.facts if fact.aspect is Aspect.AMOUNT and (not fact.when or fact in picked)
    )
    figure = next(amounts, None)
    return verdict.topic.title if figure is None else f"{verdict.topic.title}（{figure.label}：{figure}）"


def _condition_line(knowledge: KnowledgeBase, verdict: Verdict, finding: Finding) -> str:
    condition = finding.condition
    document = knowledge.documents[verdict.topic.sources[0].document]
    item = document.item(condition.item)
    cite = item.cite if item is not None else ""
    text = condition_text(knowledge, verdict, finding)
    if finding.value is None:
        told = knowledge.replies["condition_unknown"].text
    else:
        told = fill(
            knowledge.replies["condition_known"].text,
            {"value": display(knowledge.slots[condition.slot], finding.value)},
        )
    return f"{_MARKS[finding.status]} {text}（{told}，{cite}）"


def _consequence(knowledge: KnowledgeBase, verdict: Verdict) -> Iterator[str]:
    if verdict.status is Status.NOT_MET:
        yield fill(knowledge.replies["verdict_change"].text, {"changes": "".join(changes(knowledge, verdict))})
        return
    reply = "outcome_met" if verdict.status is Status.MET else "outcome_unknown"
    yield fill(knowledge.replies[reply].text, {"outcome": outcome_text(knowledge, verdict)})
    if (computed := computed_text(verdict)) is not None:
        yield fill(knowledge.replies["verdict_computed"].text, {"sum": computed})
