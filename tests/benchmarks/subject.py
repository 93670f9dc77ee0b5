"""What the benchmarks want of an assistant, ours or a stock one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol


class Subject(Protocol):
    """A loaded assistant."""

    async def answer(self, conversation: str, text: str) -> None:
        """Take a message through NLU, policy and action; raise when nothing is said."""

    async def parse(self, text: str) -> str:
        """Understand a text only, and return the likeliest topic's id (or another label), however unlikely it is."""


@dataclass(frozen=True, slots=True)
class Contender:
    """How to train and open an assistant; both functions import Rasa and are called in processes of their own.

    `train` works in an empty folder and returns its seconds without imports; `opened` works in the same folder.
    """

    name: str
    folder: Path
    train: Callable[[Path], float]
    opened: Callable[[Path], AbstractAsyncContextManager[Subject]]
