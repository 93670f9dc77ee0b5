"""The question put to the served model leaves nothing behind."""

from __future__ import annotations

from bot.assistant.port import AssistantUnavailable, Understanding
from bot.content.asking import Asking
from bot.conversation.memory import TurnMemory
from tests.fakes import FakeAssistant, FakeStates, RememberingAssistant


async def test_understanding_is_given() -> None:
    asking = Asking(FakeAssistant(), TurnMemory(FakeStates()))

    assert await asking("年金谁出钱") == Understanding("ask", "annuity", 0.987)


async def test_nothing_is_kept_of_the_conversation() -> None:
    states = FakeStates()
    memory = TurnMemory(states)

    await Asking(RememberingAssistant(memory), memory)("年金谁出钱")

    assert states.kept == {}


async def test_assistant_that_cannot_be_asked_says_nothing() -> None:
    assistant = FakeAssistant()
    assistant.error = AssistantUnavailable()

    assert await Asking(assistant, TurnMemory(FakeStates()))("年金谁出钱") is None
