"""The assistant's memory of a conversation; the fake keeps the same contract as the repository."""

from __future__ import annotations

from typing import Protocol

import pytest
from sqlalchemy import func, select

from bot.storage.conversation_states import ConversationStateRepository
from bot.storage.database import Database
from bot.storage.tables import ConversationState
from tests.fakes import FakeClock, FakeStates


class States(Protocol):
    """What the assistant and the service together ask of it."""

    async def load(self, conversation: str) -> bytes | None:
        """The state that was saved last."""

    async def save(self, conversation: str, state: bytes) -> None:
        """Replace the state."""


@pytest.fixture(params=["fake", "real"])
def states(request: pytest.FixtureRequest, database: Database) -> States:
    return FakeStates() if request.param == "fake" else ConversationStateRepository(database.sessions, FakeClock())


async def test_latest_state_is_loaded(states: States) -> None:
    for state in (b"first", b"", b"\x00\xff"):
        await states.save("wechat:worker", state)

        assert await states.load("wechat:worker") == state


async def test_conversations_do_not_touch_each_other(states: States) -> None:
    await states.save("wechat:worker", b"one")
    await states.save("web:worker", b"two")

    assert await states.load("wechat:worker") == b"one"
    assert await states.load("web:worker") == b"two"


async def test_unknown_conversation_has_no_state(states: States) -> None:
    assert await states.load("wechat:nobody") is None


async def test_conversation_is_one_row_with_the_time_of_its_last_state(database: Database) -> None:
    clock = FakeClock()
    states = ConversationStateRepository(database.sessions, clock)
    for number in range(5):
        await states.save("wechat:worker", bytes([number]))

    async with database.sessions() as session:
        assert await session.scalar(select(func.count()).select_from(ConversationState)) == 1
        row = await session.get(ConversationState, "wechat:worker")
    assert row is not None
    assert row.updated_at.second == 4


async def test_state_survives_a_restart(database: Database, database_url: str) -> None:
    await ConversationStateRepository(database.sessions, FakeClock()).save("wechat:worker", b"state")
    await database.close()

    again = Database(database_url)
    await again.migrate()
    state = await ConversationStateRepository(again.sessions, FakeClock()).load("wechat:worker")
    await again.close()

    assert state == b"state"
