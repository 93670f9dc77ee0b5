"""Nothing that a worker says about himself reaches the log."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from typing import Any

import pytest

from actions import inquiry
from bot import log

from .talking import Talk

SAID = {"insured_time": "4731年", "skill_level": "MARKED", "employed": False}
Log = Callable[[], list[dict[str, Any]]]


@pytest.fixture
def logged(own_logging: None, monkeypatch: pytest.MonkeyPatch) -> Log:
    """The events so far, at the most talkative level."""
    stream = io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stderr", stream)
        log.configure("DEBUG", "json")

    def read() -> list[dict[str, Any]]:
        assert "MARKED" not in stream.getvalue()
        assert "4731" not in stream.getvalue()
        return [json.loads(line) for line in stream.getvalue().splitlines()]

    return read


async def test_verdict_questions_and_answers_are_not_logged(logged: Log) -> None:
    talk = Talk()

    await talk.ask("allowance", "MARKED 我是技师", stated=SAID)
    await talk.answer("MARKED 技师", stated={"skill_level": "技师"})
    await talk.answer("MARKED 说错了", correction=True, loose=[["choice", "MARKED"]])
    await talk.ask_for_all(stated=SAID)

    assert logged() == []


async def test_failure_is_logged_without_what_it_quotes(logged: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(slot: object, raw: object) -> None:
        raise ValueError(f"cannot read {raw}")

    monkeypatch.setattr(inquiry, "parse", refuse)

    outcome = await Talk().ask("allowance", "MARKED 我是技师", stated=SAID)

    assert outcome.texts == ["trouble 工会热线12351"]
    (event,) = logged()
    assert (event["event"], event["action"], event["error"]) == (
        "action_failed",
        "action_check_eligibility",
        "ValueError",
    )
