"""The result of a test of understanding as a page with plots, for people who keep the questions."""

from __future__ import annotations

import base64
import io
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import jinja2

from bot.evaluation.run import Judged, Outcome, by_kind

BINS = 10
_TEMPLATE = Path(__file__).parent / "report.html"


@dataclass(frozen=True, slots=True)
class Summary:
    """What the page and the terminal show; shares are of cases, 0 to 1."""

    kinds: Mapping[str, Counter[Outcome]]
    robustness: Mapping[str, float]
    confusion: Sequence[tuple[str, str, int]]
    wrong: Sequence[Judged]

    def share(self, kind: str, outcome: Outcome = Outcome.RIGHT) -> float:
        """The share of a kind's cases with an outcome; of all cases for the kind "all"."""
        counts = sum(self.kinds.values(), Counter()) if kind == "all" else self.kinds[kind]
        return counts[outcome] / max(1, counts.total())


def summarise(judged: Sequence[Judged], robustness: Mapping[str, float]) -> Summary:
    """Outcomes by kind, the topics that are most often taken for others, and every wrong answer."""
    confusion = Counter(
        (one.turn.topics[0], one.understanding.label or "")
        for one in judged
        if one.turn.topics and one.understanding.intent == "ask" and one.outcome is Outcome.WRONG
    )
    pairs = [(right, given, count) for (right, given), count in confusion.most_common(30)]
    wrong = [one for one in judged if one.outcome is Outcome.WRONG]
    return Summary(by_kind(judged), robustness, pairs, wrong)


def reliability(judged: Sequence[Judged]) -> list[tuple[float, float, int]]:
    """(mean confidence, share right, how many) of the best guess, in ten bins of confidence.

    Only first turns with a topic or out of scope count: what follows depends on what was understood before.
    """
    bins: dict[int, list[tuple[float, bool]]] = {}
    for one in judged:
        if one.turn is not one.case.turns[0] or not one.understanding.ranking:
            continue
        label, confidence = one.understanding.ranking[0]
        intent, _, name = label.partition("/")
        right = name in one.turn.topics if one.turn.topics else intent != "ask"
        bins.setdefault(min(BINS - 1, int(confidence * BINS)), []).append((confidence, right))
    return [
        (sum(c for c, _ in found) / len(found), sum(r for _, r in found) / len(found), len(found))
        for _, found in sorted(bins.items())
    ]


def reliability_picture(bins: Sequence[tuple[float, float, int]]) -> bytes:
    """The reliability diagram as PNG: a calibrated confidence lies on the diagonal."""
    import matplotlib as mpl

    mpl.use("Agg")
    from matplotlib import pyplot as plt

    figure, axes = plt.subplots(figsize=(5, 5), dpi=110)
    axes.plot([0, 1], [0, 1], color="#999999", linestyle="--", linewidth=1, label="calibrated")
    axes.plot([b[0] for b in bins], [b[1] for b in bins], marker="o", color="#07803f", label="measured")
    for confidence, right, count in bins:
        axes.annotate(str(count), (confidence, right), textcoords="offset points", xytext=(4, -12), fontsize=8)
    axes.set(xlim=(0, 1.02), ylim=(0, 1.02), xlabel="confidence of the best guess", ylabel="share that is right")
    axes.legend(loc="upper left")
    picture = io.BytesIO()
    figure.tight_layout()
    figure.savefig(picture, format="png")
    plt.close(figure)
    return picture.getvalue()


def page(summary: Summary, judged: Sequence[Judged]) -> str:
    """The whole report as one HTML page without outside files."""
    bins = reliability(judged)
    picture = base64.b64encode(reliability_picture(bins)).decode()
    environment = jinja2.Environment(autoescape=True, loader=jinja2.FileSystemLoader(_TEMPLATE.parent))
    return environment.get_template(_TEMPLATE.name).render(summary=summary, outcomes=list(Outcome), picture=picture)
