"""Turns figures into tables; a ratio says how many times ours is faster or smaller."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median, quantiles

from tests.benchmarks.compare import MESSAGES_BEFORE_MEMORY, Measured
from tests.benchmarks.smp import Result
from tests.benchmarks.stages import Stage
from tests.benchmarks.tables import Table

Figure = Callable[[Measured], float]
_MILLI, _MEBI = 1e3, 1 / 2**20


def comparison(title: str, measured: Sequence[Measured], questions: int) -> Table:
    """Ours is the first of `measured`; `questions` were understood for the accuracy."""
    ours, *others = measured
    messages, parses = len(ours.new) + len(ours.running), len(ours.parses)
    head = ["measured", ours.name, *(cell for other in others for cell in (other.name, "ratio"))]
    rows = [
        _row("training without imports, s", measured, lambda m: m.training, 1),
        _row("training, the whole process, s", measured, lambda m: m.training_whole, 1),
        _row(f"import and load, s (median of {len(ours.openings)})", measured, lambda m: median(m.openings), 1),
        *_latency(f"any message, ms ({messages})", measured, lambda m: m.new + m.running),
        *_latency(f"first message, ms ({len(ours.new)})", measured, lambda m: m.new),
        *_latency(f"later message, ms ({len(ours.running)})", measured, lambda m: m.running),
        *_latency(f"NLU alone, ms ({parses})", measured, lambda m: m.parses),
        _row(f"resident memory after {MESSAGES_BEFORE_MEMORY} messages, MiB", measured, lambda m: m.memory * _MEBI, 0),
        _accuracy(f"right topic, held-out facts ({questions}), %", measured),
    ]
    return Table(title, head, rows)


def stages(found: Sequence[Stage]) -> Table:
    """Where one of our messages spends its time."""
    new, running = sum(stage.new for stage in found), sum(stage.running for stage in found)
    slowest_first = sorted(found, key=lambda stage: -stage.running)
    rows = [
        [stage.name, _milli(stage.new), _milli(stage.running), f"{stage.running / running:.0%}"]
        for stage in slowest_first
    ]
    rows.append(["sum of the medians", _milli(new), _milli(running), "100%"])
    return Table(
        "Stages of our message with the conversation service around it, ms by itself (median)",
        ["stage", "first message", "later message", "share"],
        rows,
    )


def smp(results: Mapping[str, Result]) -> Table:
    """The models on the public split, ours first."""
    names, (ours, *others) = list(results), list(results.values())
    rows = [
        _against(
            "right intent, %",
            f"{ours.accuracy:.1%}",
            ((f"{o.accuracy:.1%}", _points(ours.accuracy - o.accuracy)) for o in others),
        ),
        _against(
            "fitting, s", f"{ours.fitting:.1f}", ((f"{o.fitting:.1f}", _ratio(ours.fitting, o.fitting)) for o in others)
        ),
        _against(
            "labelling, ms",
            _milli(ours.labelling),
            ((_milli(o.labelling), _ratio(ours.labelling, o.labelling)) for o in others),
        ),
    ]
    head = ["measured", names[0], *(cell for name in names[1:] for cell in (name, "ratio"))]
    return Table("SMP2017 ECDT, train to test", head, rows)


def _against(name: str, ours: str, others: Iterable[tuple[str, str]]) -> list[str]:
    return [name, ours, *(cell for pair in others for cell in pair)]


def _latency(name: str, measured: Sequence[Measured], seconds: Callable[[Measured], list[float]]) -> list[list[str]]:
    return [
        _row(f"{name}, p50", measured, lambda m: median(seconds(m)) * _MILLI, 1),
        _row(f"{name}, p99", measured, lambda m: quantiles(seconds(m), n=100)[98] * _MILLI, 1),
    ]


def _row(name: str, measured: Sequence[Measured], figure: Figure, digits: int) -> list[str]:
    ours, *others = (figure(one) for one in measured)
    cells = (cell for other in others for cell in (f"{other:.{digits}f}", _ratio(ours, other)))
    return [name, f"{ours:.{digits}f}", *cells]


def _accuracy(name: str, measured: Sequence[Measured]) -> list[str]:
    ours, *others = (one.accuracy for one in measured)
    cells = (cell for other in others for cell in (f"{other:.1%}", _points(ours - other)))
    return [name, f"{ours:.1%}", *cells]


def _ratio(ours: float, other: float) -> str:
    return f"{other / ours:.1f}×"


def _points(difference: float) -> str:
    return f"{difference * 100:+.1f} points"


def _milli(seconds: float) -> str:
    return f"{seconds * _MILLI:.2f}"
