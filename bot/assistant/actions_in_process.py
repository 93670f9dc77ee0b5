"""Runs rasa_sdk actions inside this process, where Rasa would call an action server over HTTP."""

from __future__ import annotations

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import rasa_sdk
import rasa_sdk.executor
from rasa.core.actions.action import RemoteAction
from rasa.core.actions.forms import FormAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.events import event_of
from policies_kb import chinese_date
from policies_kb.model import KnowledgeBase

SdkActions = Mapping[str, rasa_sdk.Action]


def actions_of(
    package: str, knowledge: Callable[[], KnowledgeBase], today: Callable[[], date] = chinese_date.today
) -> SdkActions:
    """An instance of every concrete action of a package by name, all speaking from the same knowledge base."""
    found = {}
    for kind in _action_classes(package):
        action = kind(knowledge, today)
        found[action.name()] = action
    return found


def _action_classes(package: str) -> Iterator[Callable[..., rasa_sdk.Action]]:
    root = importlib.import_module(package)
    for module_info in pkgutil.iter_modules(root.__path__):
        module = importlib.import_module(f"{package}.{module_info.name}")
        for _, kind in inspect.getmembers(module, inspect.isclass):
            if (
                issubclass(kind, rasa_sdk.Action)
                and kind.__module__ == module.__name__
                and not inspect.isabstract(kind)
            ):
                yield kind


class InProcessAction(RemoteAction):
    """What RemoteAction does, without the HTTP request and the check of its JSON schema.

    The schema check alone costs Rasa some 50 ms a message; our own actions are typed and tested instead.
    """

    def __init__(self, action: rasa_sdk.Action) -> None:
        super().__init__(action.name(), None)
        self._action = action

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """Run the action on a copy of what it may look at, and take its utterances and events."""
        dispatcher = rasa_sdk.executor.CollectingDispatcher()
        events = await self._action.run(dispatcher, _sdk_tracker(tracker), {})
        uttered = await self._utter_responses(dispatcher.messages, output_channel, nlg, tracker)
        return [*uttered, *map(event_of, events)]


class InProcessForm(FormAction):
    """A form whose validation runs in this process."""

    def __init__(self, name: str, validation: RemoteAction) -> None:
        super().__init__(name, None)
        self._validation = validation

    async def validate_slots(
        self,
        slot_candidates: dict[str, Any],
        tracker: DialogueStateTracker,
        domain: Domain,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
    ) -> list[Event]:
        """What Rasa does, without the HTTP request: our slots are filled by the validation itself, never beforehand."""
        events: list[Event] = await self._validation.run(output_channel, nlg, tracker, domain)
        return events


def _sdk_tracker(tracker: DialogueStateTracker) -> rasa_sdk.Tracker:
    """Slots and the latest message; our actions look at no earlier events, so none are copied."""
    latest: dict[str, Any] = tracker.latest_message.parse_data if tracker.latest_message is not None else {}
    loop = tracker.active_loop
    return rasa_sdk.Tracker(
        sender_id=tracker.sender_id,
        slots=tracker.current_slot_values(),
        latest_message=latest,
        events=[],
        paused=tracker.is_paused(),
        followup_action=tracker.followup_action,
        active_loop={"name": loop.name} if loop is not None else {},
        latest_action_name=tracker.latest_action_name,
    )
