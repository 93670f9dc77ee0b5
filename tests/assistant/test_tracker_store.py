"""Rasa's conversation state in our storage, bounded however long a conversation grows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fakes import FakeStates

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


def make_store(states: FakeStates) -> Any:
    from rasa.shared.core.domain import Domain

    from bot.assistant.tracker_store import BoundedTrackerStore

    domain = Domain.from_yaml(
        'version: "3.1"\nintents: [ask]\nslots: {menu: {type: list, mappings: [{type: custom}]}}\nactions: [action_a]\n'
    )
    return BoundedTrackerStore(domain, states)


async def turn(store: Any, number: int, menu: list[str] | None = None) -> None:
    """One message and its answer; `menu` is set where it is given."""
    from rasa.shared.core.events import ActionExecuted, BotUttered, SlotSet, UserUttered

    tracker = await store.get_or_create_tracker("wechat:sender")
    tracker.update(ActionExecuted("action_listen"))
    tracker.update(UserUttered(f"问题{number % 10}", {"name": "ask", "confidence": 0.9}))
    tracker.update(ActionExecuted("action_a"))
    tracker.update(BotUttered("一样长的答案"))
    if menu is not None:
        tracker.update(SlotSet("menu", menu))
    await store.save(tracker)


async def test_state_and_events_stay_flat_over_200_turns() -> None:
    states = FakeStates()
    store = make_store(states)
    sizes, events = [], []

    for number in range(200):
        await turn(store, number, ["annuity"] if number == 0 else None)
        state = states.kept["wechat:sender"]
        sizes.append(len(state))
        events.append(len(json.loads(state)))

    assert max(sizes[20:]) <= max(sizes[:20]) * 1.01
    assert max(events) == events[199] < 30


async def test_slot_survives_the_truncation() -> None:
    store = make_store(FakeStates())

    for number in range(40):
        await turn(store, number, ["annuity", "prize"] if number == 3 else None)

    tracker = await store.retrieve("wechat:sender")
    assert tracker.get_slot("menu") == ["annuity", "prize"]


async def test_latest_value_of_a_slot_survives() -> None:
    store = make_store(FakeStates())

    for number in range(40):
        await turn(store, number, [f"topic{number}"] if number < 5 else None)

    assert (await store.retrieve("wechat:sender")).get_slot("menu") == ["topic4"]


async def test_slot_that_was_emptied_stays_empty() -> None:
    from rasa.shared.core.events import SlotSet

    store = make_store(FakeStates())
    await turn(store, 0, ["annuity"])
    tracker = await store.retrieve("wechat:sender")
    tracker.update(SlotSet("menu", None))
    await store.save(tracker)

    for number in range(40):
        await turn(store, number)

    assert (await store.retrieve("wechat:sender")).get_slot("menu") is None


async def test_latest_message_is_kept() -> None:
    store = make_store(FakeStates())
    for number in range(30):
        await turn(store, number)

    tracker = await store.retrieve("wechat:sender")

    assert tracker.latest_message.text == "问题9"
    assert tracker.latest_message.intent == {"name": "ask", "confidence": 0.9}


async def test_numbers_of_numpy_are_kept() -> None:
    import numpy as np
    from rasa.shared.core.events import UserUttered

    store = make_store(FakeStates())
    tracker = await store.get_or_create_tracker("wechat:sender")
    tracker.update(UserUttered("问题", {"name": "ask", "confidence": np.float32(0.5)}))

    await store.save(tracker)

    assert (await store.retrieve("wechat:sender")).latest_message.intent["confidence"] == 0.5


async def test_unknown_conversation_is_none() -> None:
    assert await make_store(FakeStates()).retrieve("wechat:nobody") is None
