"""Everything that the code of the canned replies names has words."""

from __future__ import annotations

from bot.replies import words
from bot.replies.errors import Problem, Refusal, Refused
from bot.replies.model import Mark, Scope

WORDS = words.load()


def test_names_have_words() -> None:
    assert set(WORDS.refusals) == {one.value for one in Refusal}
    assert set(WORDS.marks) == {one.value for one in Mark}
    assert set(WORDS.scopes) == {one.value for one in Scope}


def test_refusal_names_what_is_wrong_and_keeps_braces() -> None:
    problem = Problem("text", Refusal.UNKNOWN_VARIABLE, {"names": "x", "known": "{热线号码}"})

    assert "没有这样的变量：x。可以用 {热线号码}，或者写 {请填写:金额} 这样" in WORDS.problems(Refused(problem))["text"]
