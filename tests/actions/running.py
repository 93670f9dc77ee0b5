"""Runs an action as Rasa does, on the small knowledge base."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.edge import KnowledgeAction
from policies_kb.model import KnowledgeBase
from tests.factories import knowledge

TODAY = date(2026, 3, 2)


@dataclass(frozen=True)
class Outcome:
    """What an action said, the choices it offered, and its events."""

    texts: list[str]
    options: list[str]
    events: list[dict[str, Any]]


async def run(
    kind: type[KnowledgeAction],
    label: str = "",
    *,
    text: str = "",
    entities: Sequence[tuple[str, str]] = (),
    ranking: Sequence[str] = (),
    slots: Mapping[str, object] | None = None,
    content: KnowledgeBase | None = None,
    intent: str | None = None,
    statement: Mapping[str, object] | None = None,
    **more: object,
) -> Outcome:
    """The outcome for a message that was understood as `label`; `more` is what else the understanding says.

    The intent is the label's, unless the message asks whether somebody qualifies.
    """
    understanding = {"label": label, "ranking": [{"label": one, "confidence": 0.3} for one in ranking], **more}
    message = {
        "text": text,
        "intent_ranking": [{"name": intent or label.partition("/")[0]}],
        "statement": dict(statement or {}),
        "understanding": understanding,
        "entities": [{"entity": entity, "value": value} for entity, value in entities],
    }
    tracker = Tracker("sender", dict(slots or {}), message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    action = kind(lambda: content or knowledge(), lambda: TODAY)

    events = await action.run(dispatcher, tracker, {})

    messages = dispatcher.messages
    assert all(button["title"] == button["payload"] for message in messages for button in message["buttons"])
    options = [button["payload"] for message in messages for button in message["buttons"]]
    return Outcome([message["text"] for message in messages], options, events)
