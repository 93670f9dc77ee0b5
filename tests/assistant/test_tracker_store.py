"""Rasa's conversation state in our storage, bounded however long a conversation grows."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.fakes import FakeStates

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


DOMAIN = """
version: "3.1"
intents: [ask]
slots: {menu: {type: list, mappings: [{type: custom}]}}
forms: {form: {required_slots: []}}
actions: [action_a]
"""


def make_store(states: FakeStates) -> Any:
    from rasa.shared.core.domain import Domain

    from bot.assistant.tracker_store import BoundedTrackerStore

    return BoundedTrackerStore(Domain.from_yaml(DOMAIN), states)


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


async def opened(store: Any, form: str | None) -> None:
    """A turn in which a form is opened, or the open one closed."""
    from rasa.shared.core.events import ActiveLoop

    await turn(store, 0)
    tracker = await store.retrieve("wechat:sender")
    tracker.update(ActiveLoop(form))
    await store.save(tracker)


async def test_open_form_survives_the_truncation() -> None:
    store = make_store(FakeStates())
    await opened(store, "form")

    for number in range(40):
        await turn(store, number)

    assert (await store.retrieve("wechat:sender")).active_loop_name == "form"


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 40])
async def test_form_that_was_closed_stays_closed(turns: int) -> None:
    store = make_store(FakeStates())
    await opened(store, "form")
    await opened(store, None)

    for number in range(turns):
        await turn(store, number)

    assert (await store.retrieve("wechat:sender")).active_loop_name is None


@pytest.mark.parametrize("turns", [0, 1, 2, 3, 40])
async def test_nothing_of_a_former_session_comes_back(turns: int) -> None:
    from rasa.shared.core.events import SessionStarted

    states = FakeStates()
    store = make_store(states)
    await turn(store, 0, ["annuity"])
    await opened(store, "form")
    tracker = await store.retrieve("wechat:sender")
    tracker.update(SessionStarted())
    await store.save(tracker)

    for number in range(turns):
        await turn(store, number)

    tracker = await store.get_or_create_tracker("wechat:sender")
    assert (tracker.get_slot("menu"), tracker.active_loop_name) == (None, None)
    assert b"annuity" not in states.kept["wechat:sender"]


async def test_message_is_kept_however_much_was_answered() -> None:
    from rasa.shared.core.events import SlotSet

    store = make_store(FakeStates())
    await turn(store, 0)
    tracker = await store.retrieve("wechat:sender")
    for number in range(30):
        tracker.update(SlotSet("menu", [f"topic{number}"]))
    await store.save(tracker)

    # Rasa takes the session for a running one where it finds no message to tell the time from.
    kept = await store.retrieve("wechat:sender")
    assert (kept.latest_message.text, kept.get_slot("menu")) == ("问题0", ["topic29"])


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


async def test_new_conversation_is_not_saved_before_its_first_message() -> None:
    states = FakeStates()

    tracker = await make_store(states).get_or_create_tracker("wechat:sender")

    assert [event.action_name for event in tracker.events] == ["action_listen"]
    assert states.kept == {}
