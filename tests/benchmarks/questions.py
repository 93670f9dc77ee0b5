"""The questions that the benchmarks ask: distinct texts of tests/questions, in a mixed but fixed order."""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, islice
from pathlib import Path
from typing import Any

_FOLDER = Path(__file__).parents[1] / "questions"
_SEED = 42
Conversation = list[str]


@dataclass(frozen=True, slots=True)
class Fact:
    """A question that stands alone, and the topics that answer it."""

    text: str
    topics: frozenset[str]


class Supply:
    """Hands out questions that were not asked before, while there are any."""

    def __init__(self) -> None:
        texts = sorted(
            {turn["say"] for path in _FOLDER.glob("*.jsonl") for case in _read(path) for turn in case["turns"]}
        )
        random.Random(_SEED).shuffle(texts)
        self._texts: Iterator[str] = cycle(texts)

    def texts(self, count: int) -> list[str]:
        """The next texts."""
        return list(islice(self._texts, count))

    def conversations(self, count: int, turns: int) -> list[Conversation]:
        """Conversations of the next texts."""
        return [self.texts(turns) for _ in range(count)]


def held_out_facts() -> list[Fact]:
    """The fact questions that nobody tunes on."""
    cases = _read(_FOLDER / "held_out_facts.jsonl")
    turns = [case["turns"][0] for case in cases if len(case["turns"]) == 1]
    return [Fact(turn["say"], frozenset(turn["topics"])) for turn in turns if turn["topics"]]


def _read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
