"""Where the time of one of our messages goes, from the conversation service to SQLite and back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from tests.benchmarks import ours
from tests.benchmarks.questions import Conversation
from tests.benchmarks.stopwatch import Stopwatch

_WARM_UP = 10
Seconds = dict[str, float]


@dataclass(frozen=True, slots=True)
class Stage:
    """Median seconds of a stage in a message that opens a conversation, and in a later one."""

    name: str
    new: float
    running: float


def profile(folder: Path, conversations: Sequence[Conversation]) -> list[Stage]:
    """Answer conversations and time the stages; the first ones are for warming up."""
    return asyncio.run(_profile(folder, conversations))


async def _profile(folder: Path, conversations: Sequence[Conversation]) -> list[Stage]:
    new: list[Seconds] = []
    running: list[Seconds] = []
    watch = Stopwatch()
    names = [stage for *_, stage in _stages()]
    # Before the model is loaded, since Rasa takes hold of the components' methods then.
    for owner, method, stage in _stages():
        watch.wrap(owner, method, stage)
    async with ours.opened(folder) as subject:
        watch.take()
        for number, turns in enumerate(conversations):
            for turn, text in enumerate(turns):
                await subject.parts.conversation.answer("bench", f"profile-{number}", str(turn), text)
                taken = watch.take()
                if number >= _WARM_UP:
                    (running if turn else new).append(taken)
    return [Stage(name, _typical(new, name), _typical(running, name)) for name in dict.fromkeys(names)]


def _typical(messages: Sequence[Seconds], stage: str) -> float:
    return median(seconds.get(stage, 0.0) for seconds in messages)


def _stages() -> Iterator[tuple[Any, str, str]]:
    """Class, method, stage."""
    yield from _nlu()
    yield from _dialogue()
    yield from _storage()


def _nlu() -> Iterator[tuple[Any, str, str]]:
    from bot.assistant.embedded import _Processor
    from bot.nlu.graph.classifier import TopicClassifier
    from bot.nlu.graph.extractor import LexiconEntityExtractor
    from bot.nlu.graph.featurizer import NgramFeaturizer
    from bot.nlu.graph.normaliser import ChineseNormaliser

    yield ChineseNormaliser, "process", "NLU: normaliser"
    yield LexiconEntityExtractor, "process", "NLU: entities"
    yield NgramFeaturizer, "process", "NLU: features"
    yield TopicClassifier, "process", "NLU: classifier"
    yield _Processor, "parse_message", "NLU: Rasa around the components"


def _dialogue() -> Iterator[tuple[Any, str, str]]:
    from rasa.core.policies.rule_policy import RulePolicy

    from bot.assistant.actions_in_process import InProcessAction
    from bot.assistant.embedded import EmbeddedAssistant, _Processor

    yield _Processor, "run_action_extract_slots", "slot extraction"
    yield RulePolicy, "predict_action_probabilities", "policy: rules"
    yield _Processor, "predict_next_with_tracker_if_should", "policy: Rasa around the rules"
    yield InProcessAction, "run", "action"
    yield _Processor, "_run_action", "events of actions"
    yield EmbeddedAssistant, "ask", "the rest of the assistant"


def _storage() -> Iterator[tuple[Any, str, str]]:
    from bot.assistant.tracker_store import BoundedTrackerStore
    from bot.conversation.service import ConversationService
    from bot.conversation.turns import Turns
    from bot.storage.exchanges import ExchangeRepository

    yield BoundedTrackerStore, "retrieve", "tracker store: read events"
    yield BoundedTrackerStore, "save", "tracker store: write events"
    yield ExchangeRepository, "receive", "exchange: SQLite, record the message"
    yield ExchangeRepository, "complete", "exchange: SQLite, record reply and state"
    yield Turns, "play", "the rest of a turn"
    yield ConversationService, "answer", "the rest of the conversation service"
