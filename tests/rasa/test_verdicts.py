"""Workers who tell of themselves: how many of them get the right verdict, by what stands in the replies."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import msgspec
import pytest

from bot.assistant.port import Assistant
from bot.assistant.training import ROOT
from bot.wechat.text import render
from policies_kb import loader
from tests.fakes import FakeStates

pytestmark = pytest.mark.asyncio(loop_scope="session")
FOLDER = ROOT / "tests" / "questions" / "verdicts"
TODAY = date(2026, 11, 22)
"""The day that the cases were written for."""
LEAST = {"development": 0.87, "held_out": 0.88}
"""Shares of cases that are right in every turn."""
_CITED = re.compile(r"第\s*(\d{1,2})\s*[条项]")


class Turn(msgspec.Struct, frozen=True):
    """What a worker types; items of which the reply cites one, patterns that it has, and patterns that it has not."""

    say: str
    art: frozenset[int] = frozenset()
    must: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = msgspec.field(default=(), name="not")

    def right(self, reply: str) -> bool:
        """Whether the reply says what it has to, and cites an item that states it."""
        cited = {int(number) for number in _CITED.findall(reply)}
        says = all(re.search(pattern, reply) for pattern in self.must)
        return says and not any(re.search(p, reply) for p in self.unwanted) and (not self.art or bool(cited & self.art))


class Case(msgspec.Struct, frozen=True):
    """A conversation of one worker."""

    id: str
    turns: tuple[Turn, ...]


@pytest.fixture(scope="module")
def assistant(model: Path) -> Assistant:
    from bot.assistant.embedded import EmbeddedAssistant

    knowledge = loader.load()
    return EmbeddedAssistant(model, FakeStates(), lambda: knowledge, lambda: TODAY)


@pytest.mark.parametrize("name", LEAST)
async def test_share_of_right_verdicts(assistant: Assistant, name: str) -> None:
    cases = [msgspec.json.decode(line, type=Case) for line in (FOLDER / f"{name}.jsonl").read_bytes().splitlines()]
    wrong = [case.id for case in cases if not await _right(assistant, case)]

    assert len(wrong) <= (1 - LEAST[name]) * len(cases), wrong


async def _right(assistant: Assistant, case: Case) -> bool:
    right = True
    for turn in case.turns:
        reply = await assistant.ask(f"verdicts:{case.id}", turn.say)
        # As on WeChat, where the choices are part of the text.
        right &= turn.right(render(reply, "回复序号也行"))
    return right
