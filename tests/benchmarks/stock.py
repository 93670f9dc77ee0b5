"""A stock Rasa agent as the benchmarks see it; only the HTTP request to an action server is left out."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter
from typing import Any

from tests.benchmarks import stock_project

_MODEL = "stock.tar.gz"


@dataclass(frozen=True, slots=True)
class Stock:
    """Rasa's Agent with everything as Rasa sets it up."""

    agent: Any

    async def answer(self, conversation: str, text: str) -> None:
        """See Subject."""
        if not await self.agent.handle_text(text, sender_id=conversation):
            raise RuntimeError("the stock assistant said nothing")

    async def parse(self, text: str) -> str:
        """See Subject."""
        from rasa.core.channels.channel import UserMessage

        parsed = await self.agent.processor.parse_message(UserMessage(text))
        name: str = parsed["intent"]["name"] or ""
        return name.removeprefix("ask_")


def model(folder: Path) -> Path:
    """Where `train` puts it."""
    return folder / _MODEL


def train(folder: Path, classifier: str, questions: stock_project.Questions) -> float:
    """Train from scratch as `rasa train` does."""
    import rasa.engine.recipes.default_components
    import rasa.model_training

    stock_project.write(folder, classifier, questions)
    started = perf_counter()
    result = rasa.model_training.train(
        domain=str(folder / "domain.yml"),
        config=str(folder / "config.yml"),
        training_files=[str(folder / "nlu.yml"), str(folder / "rules.yml")],
        output=str(folder),
        fixed_model_name=_MODEL,
        force_training=True,
    )
    if result.code != 0:
        raise RuntimeError(f"the stock assistant's training ended with code {result.code}")
    return perf_counter() - started


@asynccontextmanager
async def opened(folder: Path) -> AsyncIterator[Stock]:
    """The agent with its model."""
    from rasa.core.agent import Agent
    from rasa.utils.endpoints import EndpointConfig

    endpoint = EndpointConfig()
    endpoint.request = _act
    yield Stock(Agent.load(str(model(folder)), action_endpoint=endpoint))


async def _act(json: dict[str, Any], **_options: object) -> dict[str, Any]:
    """What an action server would answer."""
    return {"events": [], "responses": [{"text": json["tracker"]["latest_message"]["intent"]["name"]}]}
