"""Makes Rasa's events of their JSON, without looking through all kinds for each as Rasa does."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.events import Event
from rasa.shared.utils.common import all_subclasses

_KINDS = {kind.type_name: kind for kind in all_subclasses(Event) if kind.type_name}


def event_of(saved: dict[str, Any]) -> Event:
    """The event; raises KeyError for a kind that Rasa does not have."""
    return _KINDS[saved["event"]]._from_parameters(saved)  # noqa: SLF001 - What Event.from_parameters comes to.
