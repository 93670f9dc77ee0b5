"""Everything that the code names has words."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from bot.accounts import words
from bot.accounts.errors import Problem, Reason, Refused
from bot.accounts.model import Right, Role
from bot.assistant.training import ROOT
from bot.hotline.model import Kind

WORDS = words.load()
_ROOMS = (
    "accounts",
    "clients",
    "content",
    "documents",
    "feedback",
    "hours",
    "learning",
    "replies",
    "storage",
    "tickets",
    "unanswered",
)


def test_roles_rights_and_refusals_have_words() -> None:
    assert set(WORDS.roles) == {role.value for role in Role}
    assert set(WORDS.rights) == {right.value for right in Right}
    assert set(WORDS.refusals) == {reason.value for reason in Reason} | {"too_many"}


def test_acts_of_the_accounts_have_words() -> None:
    rooms = (ROOT / "bot" / room for room in _ROOMS)
    code = "".join(path.read_text(encoding="utf-8") for room in rooms for path in room.glob("*.py"))
    verbs = set(
        re.findall(r'(?:_entry\((?:by|who|user), |actor\(\w+\), |, by, |COMMAND_LINE, |State\.\w+, )"(\w+)"', code)
    )

    at_desk = {
        f"desk_{kind.value}" for kind in (Kind.CLAIMED, Kind.TAKEN, Kind.RELEASED, Kind.TRANSFERRED, Kind.CLOSED)
    }
    assert verbs | {"schedule", "stop", "resume"} | at_desk == set(WORDS.verbs)


@pytest.mark.parametrize(
    ("seconds", "told"), [(0.2, "1 秒"), (5, "5 秒"), (89, "89 秒"), (91, "2 分钟"), (900, "15 分钟")]
)
def test_wait_is_told_in_seconds_or_minutes(seconds: float, told: str) -> None:
    assert told in WORDS.too_many(timedelta(seconds=seconds))


def test_problem_names_what_is_asked_for() -> None:
    refused = Refused(Problem("password", Reason.PASSWORD_SHORT, {"least": 12, "length": 3}))

    assert "至少 12 个字符，现在是 3 个" in WORDS.problems(refused)["password"]
