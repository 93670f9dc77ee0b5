"""The conversations of tests/conversations, as a worker has them."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest
import yaml

from bot.services import Services
from bot.wechat.text import LIMIT, render

FOLDER = Path(__file__).parents[1] / "conversations"


class Turn(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the worker says, how it must be understood, and what the reply must and must not contain.

    `sources` is the number of source lines, `options` the least number of choices.
    """

    say: str
    intent: str = ""
    topic: str = ""
    has: tuple[str, ...] = ()
    lacks: tuple[str, ...] = ()
    sources: int | None = None
    options: int = 0


class Talk(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One conversation."""

    name: str
    turns: tuple[Turn, ...]


def talks() -> list[Talk]:
    return [
        talk
        for path in sorted(FOLDER.glob("*.yml"))
        for talk in msgspec.convert(yaml.safe_load(path.read_text(encoding="utf-8")), list[Talk])
    ]


@pytest.mark.asyncio(loop_scope="session")
@pytest.mark.parametrize("talk", talks(), ids=lambda talk: talk.name)
async def test_conversation(opened: Services, talk: Talk) -> None:
    for number, turn in enumerate(talk.turns):
        reply = await opened.conversation.answer("test", talk.name, str(number), turn.say)

        text = "\n".join(message.text for message in reply.messages)
        assert text.strip()
        assert reply.understanding is not None, text
        assert reply.understanding.intent == (turn.intent or reply.understanding.intent), text
        assert reply.understanding.label == (turn.topic or reply.understanding.label), text
        assert [part for part in turn.has if part not in text] == [], text
        assert [part for part in turn.lacks if part in text] == [], text
        told = render(reply, "回复序号也行")
        assert len(told.encode()) <= LIMIT
        assert turn.sources in {None, sum(line.startswith("依据:") for line in told.split("\n"))}, told
        assert sum(len(message.options) for message in reply.messages) >= turn.options, text


def test_every_intent_has_a_conversation() -> None:
    said = {turn.intent for talk in talks() for turn in talk.turns}

    assert {"ask", "choose", "chat", "oos", "handoff", "more"} <= said
