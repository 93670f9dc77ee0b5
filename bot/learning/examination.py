"""Compares a new model with the one in service, topic by topic, and says whether it may take its place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from bot.assistant.port import Understanding
from bot.evaluation.run import Judged, Outcome
from bot.learning.model import Change, Refusal, Report, Score, TopicChange
from bot.learning.quality import Tolerance

_NAMED = 12
"""Topics that a refusal names; the report has them all."""


def report(
    before: Sequence[Judged] | None, after: Sequence[Judged], must_pass: Sequence[Judged], tolerance: Tolerance
) -> Report:
    """What was found; `before` and `after` judge the same turns in the same order."""
    changes = _topics(before, after) if before is not None else []
    missed = tuple(_missed(must_pass))
    scores = None if before is None else score(before), score(after)
    worse = [one for one in changes if one.after < one.before]
    return Report(
        after=scores[1],
        before=scores[0],
        must_pass=len(must_pass),
        missed=missed,
        worse=tuple(sorted(worse, key=lambda one: one.after - one.before)),
        better=tuple(one for one in changes if one.after > one.before),
        refusals=tuple(_refusals(scores[0], scores[1], worse, missed, tolerance)),
    )


def score(judged: Sequence[Judged]) -> Score:
    """Counts of outcomes."""
    outcomes = [one.outcome for one in judged]
    return Score(len(outcomes), outcomes.count(Outcome.RIGHT), outcomes.count(Outcome.WRONG))


def label_of(understood: Understanding) -> str:
    """What a message was taken for."""
    return f"{understood.intent}/{understood.label}" if understood.label else understood.intent


def _topics(before: Sequence[Judged], after: Sequence[Judged]) -> list[TopicChange]:
    by_topic: dict[str, list[tuple[Judged, Judged]]] = {}
    for pair in zip(before, after, strict=True):
        # What belongs to no topic is one group: what is refused, small talk, the wish for a person.
        for topic in pair[0].turn.topics[:1] or ("",):
            by_topic.setdefault(topic, []).append(pair)
    return [
        TopicChange(
            topic,
            len(pairs),
            sum(old.outcome is Outcome.RIGHT for old, _ in pairs),
            sum(new.outcome is Outcome.RIGHT for _, new in pairs),
            tuple(_lost(pairs)),
        )
        for topic, pairs in by_topic.items()
    ]


def _lost(pairs: Sequence[tuple[Judged, Judged]]) -> Iterator[Change]:
    for old, new in pairs:
        if old.outcome is Outcome.RIGHT and new.outcome is not Outcome.RIGHT:
            labels = label_of(old.understanding), label_of(new.understanding)
            yield Change(new.turn.say, new.turn.topics, *labels)


def _missed(judged: Sequence[Judged]) -> Iterator[Change]:
    for one in judged:
        if one.outcome is not Outcome.RIGHT:
            yield Change(one.turn.say, one.turn.topics, "", label_of(one.understanding))


def _refusals(
    before: Score | None,
    after: Score,
    worse: Sequence[TopicChange],
    missed: Sequence[Change],
    tolerance: Tolerance,
) -> Iterator[Refusal]:
    if missed:
        yield Refusal("must_pass", {"count": str(len(missed))})
    if before is None:
        return
    if after.accuracy < before.accuracy - tolerance.overall:
        yield Refusal("overall", _shares(before.accuracy, after.accuracy))
    if after.mistaken > before.mistaken + tolerance.wrong:
        yield Refusal("wrong", _shares(before.mistaken, after.mistaken))
    suffering = [one for one in worse if one.topic and one.before - one.after > tolerance.topic]
    if suffering:
        topics = sorted(suffering, key=lambda one: one.after - one.before)
        yield Refusal("topics", {"topics": " ".join(one.topic for one in topics[:_NAMED]), "count": str(len(topics))})


def _shares(before: float, after: float) -> Mapping[str, str]:
    return {"before": f"{100 * before:.1f}%", "after": f"{100 * after:.1f}%"}
