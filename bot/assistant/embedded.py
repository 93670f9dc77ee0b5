"""The assistant as an object in this process: Rasa's message processor with our actions and storage."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import structlog
from rasa.core.actions.action import Action, ActionListen, RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import CollectingOutputChannel, OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.core.policies.policy import PolicyPrediction
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import InMemoryTrackerStore
from rasa.engine.loader import load_predict_graph_runner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.storage import ModelMetadata
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.actions_in_process import InProcessAction, InProcessForm, SdkActions, actions_of
from bot.assistant.payload import payload
from bot.assistant.port import AssistantUnavailable, Reply
from bot.assistant.rasa_json import message_of, metadata, understanding_of
from bot.assistant.runner import OrderedGraphRunner
from bot.assistant.tracker_store import BoundedTrackerStore, ConversationStates
from policies_kb import chinese_date
from policies_kb.model import KnowledgeBase

log = structlog.get_logger()


class EmbeddedAssistant:
    """Answers with a trained model; messages of one conversation are answered one after another."""

    def __init__(
        self,
        model: Path,
        states: ConversationStates,
        knowledge: Callable[[], KnowledgeBase],
        today: Callable[[], date] = chinese_date.today,
    ) -> None:
        self._knowledge = knowledge
        self._turns: dict[str, tuple[asyncio.Lock, int]] = {}
        self._processor = _Processor(model, actions_of("actions", knowledge, today), knowledge, today)
        self._processor.tracker_store = BoundedTrackerStore(self._processor.domain, states)

    async def ask(self, conversation: str, text: str) -> Reply:
        """See the port."""
        message = UserMessage(payload(text, self._knowledge()), CollectingOutputChannel(), conversation)
        try:
            async with self._turn(conversation):
                uttered, parsed = await self._processor.answer(message)
        except Exception as error:
            log.exception("assistant_failed")
            raise AssistantUnavailable from error
        if not uttered:
            raise AssistantUnavailable("no action said anything")
        return Reply(tuple(map(message_of, uttered)), understanding_of(parsed))

    @asynccontextmanager
    async def _turn(self, conversation: str) -> AsyncIterator[None]:
        """One message of a conversation at a time. Rasa's own lock looks only once a second whether it is free."""
        lock, waiting = self._turns.get(conversation, (asyncio.Lock(), 0))
        self._turns[conversation] = (lock, waiting + 1)
        try:
            async with lock:
                yield
        finally:
            lock, waiting = self._turns[conversation]
            if waiting == 1:
                del self._turns[conversation]
            else:
                self._turns[conversation] = (lock, waiting - 1)

    async def ping(self) -> None:
        """A loaded model in the same process can answer."""


class _Processor(MessageProcessor):
    """Rasa's processor, with actions that run in this process."""

    def __init__(
        self, model: Path, actions: SdkActions, knowledge: Callable[[], KnowledgeBase], today: Callable[[], date]
    ) -> None:
        self._knowledge = knowledge
        self._today = today
        generator = NaturalLanguageGenerator.create(None, Domain.empty())
        super().__init__(str(model), InMemoryTrackerStore(Domain.empty()), InMemoryLockStore(), generator)
        self._actions = {name: InProcessAction(action) for name, action in actions.items()}
        # Rasa adds utter_ask and the like for intents with labels; no rule leads to them.
        wanted = {name for name in self.domain.user_actions if name.startswith(("action_", "validate_"))}
        missing = wanted - set(self._actions)
        if missing:
            raise ValueError(f"the model's domain names actions that do not exist: {', '.join(sorted(missing))}")

    @staticmethod
    def _load_model(model_path: str) -> tuple[str, ModelMetadata, GraphRunner]:
        """Rasa's loading, with another runner."""
        with TemporaryDirectory() as folder:
            path = Path(model_path)
            return path.name, *load_predict_graph_runner(Path(folder), path, LocalModelStorage, OrderedGraphRunner)

    async def answer(self, message: UserMessage) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """What `handle_message` does, returning what was said and how the message was understood."""
        tracker = await self.log_message(message, should_save_tracker=False)
        tracker = await self.run_action_extract_slots(message.output_channel, tracker)
        await self._run_prediction_loop(message.output_channel, tracker)
        await self.save_tracker(tracker)
        parsed = tracker.latest_message.parse_data if tracker.latest_message is not None else {}
        return message.output_channel.messages, dict(parsed)

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """Rasa's parsing; the components also see the day and what was answered before."""
        topic, asked = (tracker.get_slot(name) for name in ("topic", "asked")) if tracker is not None else (None, None)
        message.metadata = metadata(self._knowledge(), self._today(), topic, asked)
        parsed: dict[str, Any] = await super().parse_message(message, tracker, only_output_properties)
        return parsed

    def _check_for_unseen_features(self, parse_data: dict[str, Any]) -> None:
        """Nothing: what our components find is in the domain, which Rasa would make anew for each message to see that."""

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> tuple[Action, PolicyPrediction]:
        """Rasa's choice of action; a custom one runs here."""
        action, prediction = super().predict_next_with_tracker_if_should(tracker)
        if isinstance(action, FormAction):
            action = InProcessForm(action.name(), self._actions[f"validate_{action.name()}"])
        elif isinstance(action, RemoteAction):
            action = self._actions[action.name()]
        return action, prediction

    async def _run_action(
        self,
        action: Action,
        tracker: DialogueStateTracker,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        prediction: PolicyPrediction,
    ) -> bool:
        """Rasa's, without a copy of the conversation for actions that only look at it, and of all events for its log."""
        if not isinstance(action, InProcessAction | ActionListen):
            again: bool = await super()._run_action(action, tracker, output_channel, nlg, prediction)
            return again
        events = await action.run(output_channel, nlg, tracker, self.domain)
        tracker.update_with_events(prediction.events, self.domain)
        tracker.update(action.event_for_successful_execution(prediction))
        tracker.update_with_events(events, self.domain)
        await self.execute_side_effects(events, tracker, output_channel)
        return isinstance(action, InProcessAction)
