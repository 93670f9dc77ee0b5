"""Messages of one conversation are answered one after another, those of different ones side by side."""

from __future__ import annotations

import asyncio
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.assistant.port import AssistantUnavailable
from tests.factories import knowledge
from tests.fakes import FakeStates

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


class FakeProcessor:
    """Repeats what it is asked, and notes the most messages that were ever under way at once."""

    def __init__(self, *_: object) -> None:
        self.domain: object = None
        self.under_way = self.most = 0

    async def answer(self, message: Any) -> tuple[list[dict[str, Any]], dict[str, Any]]:
        """The text itself; it takes a few turns of the loop."""
        self.under_way += 1
        self.most = max(self.most, self.under_way)
        for _ in range(3):
            await asyncio.sleep(0)
        self.under_way -= 1
        if message.text == "fail":
            raise RuntimeError("on the way")
        return [{"text": message.text}], {}


@pytest.fixture
def assistant(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The real assistant around the fake processor."""
    from bot.assistant import embedded

    monkeypatch.setattr(embedded, "_Processor", FakeProcessor)
    monkeypatch.setattr(embedded, "BoundedTrackerStore", lambda domain, states: None)
    return embedded.EmbeddedAssistant(Path("model"), FakeStates(), knowledge, lambda: date(2026, 3, 2))


async def test_messages_of_one_conversation_take_turns(assistant: Any) -> None:
    replies = await asyncio.gather(*(assistant.ask("web:worker", text) for text in "甲乙丙"))

    assert [reply.messages[0].text for reply in replies] == ["甲", "乙", "丙"]
    assert assistant._processor.most == 1
    assert assistant._turns == {}


async def test_conversations_do_not_wait_for_each_other(assistant: Any) -> None:
    await asyncio.gather(*(assistant.ask(f"web:{name}", "甲") for name in "abc"))

    assert assistant._processor.most == 3
    assert assistant._turns == {}


async def test_failure_ends_its_turn(assistant: Any) -> None:
    failed, answered = (asyncio.create_task(assistant.ask("web:worker", text)) for text in ("fail", "乙"))
    await asyncio.wait([failed, answered])

    assert isinstance(failed.exception(), AssistantUnavailable)
    assert answered.result().messages[0].text == "乙"
    assert assistant._turns == {}


async def test_message_that_is_given_up_while_it_waits_ends_its_turn(assistant: Any) -> None:
    first, second = (asyncio.create_task(assistant.ask("web:worker", text)) for text in "甲乙")
    await asyncio.sleep(0)
    second.cancel()
    await asyncio.wait([first, second])

    assert first.result().messages[0].text == "甲"
    assert second.cancelled()
    assert assistant._turns == {}
