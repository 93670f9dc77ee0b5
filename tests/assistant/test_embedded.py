"""What the components are told beside a message: the day it is, and what was answered before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.factories import knowledge

# Rasa and what it brings warn at import; it is imported within the tests, since that takes seconds.
pytestmark = pytest.mark.filterwarnings("ignore")


async def metadata(monkeypatch: pytest.MonkeyPatch, slots: Mapping[str, str] | None) -> dict[str, Any]:
    """The metadata with which Rasa parses a message, in a conversation with these slots or before any."""
    from rasa.core.channels.channel import UserMessage
    from rasa.core.processor import MessageProcessor
    from rasa.shared.core.slots import TextSlot
    from rasa.shared.core.trackers import DialogueStateTracker

    from bot.assistant.embedded import _Processor

    async def parse(self: object, message: Any, *_: object) -> dict[str, Any]:
        return dict(message.metadata)

    monkeypatch.setattr(MessageProcessor, "parse_message", parse)
    # A processor that has loaded no model.
    processor: Any = object.__new__(_Processor)
    processor._knowledge, processor._today = knowledge, lambda: date(2026, 3, 2)
    tracker = None
    if slots is not None:
        tracker = DialogueStateTracker("sender", [TextSlot(name, [], value) for name, value in slots.items()])
    found: dict[str, Any] = await processor.parse_message(UserMessage("那我呢"), tracker)
    return found


@pytest.mark.parametrize("slots", [None, {}])
async def test_day_is_that_of_the_assistants_clock(
    monkeypatch: pytest.MonkeyPatch, slots: Mapping[str, str] | None
) -> None:
    assert await metadata(monkeypatch, slots) == {"today": "2026-03-02"}


@pytest.mark.parametrize(
    ("topic", "family", "rule"),
    [
        ("subsidy", (), ("insured_time", "certificate_date", "employed")),
        ("annuity", ("prize", "closed"), ()),
        ("gone", (), ()),
    ],
)
async def test_context_says_what_the_rule_of_the_topic_before_tests(
    monkeypatch: pytest.MonkeyPatch, topic: str, family: tuple[str, ...], rule: tuple[str, ...]
) -> None:
    found = await metadata(monkeypatch, {"topic": topic, "asked": "怎么领"})

    assert found["today"] == "2026-03-02"
    assert found["context"] == {"topic": topic, "text": "怎么领", "family": family, "rule": rule}
