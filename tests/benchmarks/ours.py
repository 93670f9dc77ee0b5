"""Our assistant as the benchmarks see it: embedded, with SQLite."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from bot.assistant.making import embedded
from bot.assistant.training import NLU_DATA
from bot.services import Services, services
from bot.settings import read
from tests.benchmarks.progress import say

_MODEL = "gongyou.tar.gz"


@dataclass(frozen=True, slots=True)
class Ours:
    """The assistant with the services around it."""

    parts: Services

    async def answer(self, conversation: str, text: str) -> None:
        """See Subject; the assistant raises when nothing is said."""
        await self.parts.assistant.ask(conversation, text)

    async def parse(self, text: str) -> str:
        """See Subject."""
        from rasa.core.channels.channel import UserMessage

        assistant: Any = self.parts.assistant
        parsed = await assistant._processor.parse_message(UserMessage(text))
        label: str = parsed["understanding"]["ranking"][0]["label"]
        return label.removeprefix("ask/")


def train(folder: Path, data: Path = NLU_DATA) -> float:
    """Train from scratch as `gongyou train` does."""

    import bot.nlu.graph.classifier
    import bot.nlu.graph.normaliser  # noqa: F401 - Imports are not to be counted.
    from bot.assistant import trainer

    started = perf_counter()
    trainer.train(data, folder / _MODEL, lambda stage: say(f"  {perf_counter() - started:5.1f} s: {stage}"))
    return perf_counter() - started


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Ours]:
    """The assistant with a new database in the folder of its model."""
    async with services(read({"DATA_DIR": str(folder)}), embedded(folder / _MODEL)) as parts:
        yield Ours(parts)
