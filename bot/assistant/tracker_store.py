"""Keeps Rasa's conversation state in our storage: a bounded number of events, so that cost does not grow."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Protocol

import msgspec
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import Event, SlotSet, deserialise_events
from rasa.shared.core.trackers import DialogueStateTracker

KEPT_EVENTS = 12
"""More than a turn; rules look at the latest one, and slots are carried over on their own."""


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
        """Keep the latest events, and the slots that earlier ones had set."""
        events = list(tracker.events)
        dropped, kept = events[:-KEPT_EVENTS], events[-KEPT_EVENTS:]
        state = [event.as_dict() for event in (*_slots_set_by(dropped), *kept)]
        await self._states.save(tracker.sender_id, msgspec.json.encode(state, enc_hook=_plain))

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as it was saved, or None."""
        state = await self._states.load(sender_id)
        if state is None or self.domain is None:
            return None
        events = deserialise_events(msgspec.json.decode(state))
        return DialogueStateTracker.from_events(sender_id, events, self.domain.slots)

    async def keys(self) -> Iterable[str]:
        """Rasa asks for all conversations only in tools that we do not run."""
        raise NotImplementedError("ask bot/storage for conversations")


def _slots_set_by(events: list[Event]) -> list[Event]:
    latest = {event.key: event for event in events if isinstance(event, SlotSet)}
    return [event for event in latest.values() if event.value is not None]


def _plain(value: Any) -> Any:
    """Rasa leaves NumPy numbers in some events."""
    if hasattr(value, "item"):
        return value.item()
    raise NotImplementedError(f"{type(value).__name__} in a conversation state")
