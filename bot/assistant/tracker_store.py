"""Keeps Rasa's conversation state in our storage: a bounded number of events, so that cost does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import msgspec
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.assistant.events import event_of

KEPT_EVENTS = 12
"""More than most turns; rules look at the latest one, and slots are carried over on their own."""


class ConversationStates(Protocol):
    """Where conversation states are kept, as bytes by conversation."""

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last, or None."""

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the conversation's state."""


class BoundedTrackerStore(TrackerStore):
    """A Rasa tracker store over ConversationStates."""

    def __init__(self, domain: Domain, states: ConversationStates) -> None:
        super().__init__(domain)
        self._states = states

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the latest events of the session, and the slots and the form that earlier ones had set."""
        events = _of_session(list(tracker.events))
        # Rasa tells from the time of the last message whether a session is over, however much was said after it.
        first = min(max(len(events) - KEPT_EVENTS, 0), _last(events, UserUttered))
        dropped, kept = events[:first], events[first:]
        state = [event.as_dict() for event in (*_set_by(dropped), *kept)]
        await self._states.save(tracker.sender_id, msgspec.json.encode(state, enc_hook=_plain))

    async def create_tracker(self, sender_id: str, append_action_listen: bool = True) -> DialogueStateTracker:
        """A new conversation; it is first saved with its first message."""
        tracker = self.init_tracker(sender_id)
        if append_action_listen:
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        return tracker

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved, or None."""
        state = await self._states.load(sender_id)
        if state is None or self.domain is None:
            return None
        events = [event_of(saved) for saved in msgspec.json.decode(state)]
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Rasa asks for all conversations only in tools that we do not run."""
        raise NotImplementedError("ask bot/storage for conversations")


def _of_session(events: list[Event]) -> list[Event]:
    """What was said before the session began must not come back with the slots that are carried over."""
    place = _last(events, SessionStarted)
    return events if place == len(events) else events[place + 1 :]


def _last(events: list[Event], kind: type[Event]) -> int:
    """The place of the last event of a kind, or the end."""
    return next((place for place in reversed(range(len(events))) if isinstance(events[place], kind)), len(events))


def _set_by(events: list[Event]) -> list[Event]:
    slots = {event.key: event for event in events if isinstance(event, SlotSet)}
    form = next((event for event in reversed(events) if isinstance(event, ActiveLoop)), None)
    opened = [form] if form is not None and form.name is not None else []
    return [*opened, *(event for event in slots.values() if event.value is not None)]


def _plain(value: Any) -> Any:
    """Rasa leaves NumPy numbers in some events."""
    if hasattr(value, "item"):
        return value.item()
    raise NotImplementedError(f"{type(value).__name__} in a conversation state")
