"""Each rule of the content: broken in one place, found there."""

from __future__ import annotations

import pytest

from policies_kb import loader
from policies_kb.checks.integrity import REQUIRED_REPLIES

from .breach import Breach, assert_found, breaches
from .conftest import Folder

BREACHES = [*breaches("breaches.yml"), *breaches("urgent_breaches.yml")]


@pytest.mark.parametrize("breach", BREACHES, ids=[breach.rule for breach in BREACHES])
def test_breach_is_found_where_it_is(content: Folder, breach: Breach) -> None:
    assert_found(content, breach)


@pytest.mark.parametrize(("added", "found"), [(293, 0), (294, 1)])
def test_answer_has_at_most_300_characters_beside_its_facts(content: Folder, added: int, found: int) -> None:
    content.change("topics/annuity.yml", "出钱，请打", f"出钱，{'好' * added}请打")

    _, problems = loader.read(content.path)

    problem = content.problem("topics/annuity.yml", "answer:", "the answer is over 300 characters", "shorten it")
    assert list(problems) == [problem] * found


@pytest.mark.parametrize("reply", REQUIRED_REPLIES)
def test_reply_that_the_service_needs_is_there(content: Folder, reply: str) -> None:
    content.change("replies.yml", f"\n{reply}: ", f"\nmy_{reply}: ")

    _, problems = loader.read(content.path)

    what, remedy = f"the reply {reply} is missing", f"add {reply}: {{text: …}}"
    expected = content.problem("replies.yml", "welcome", what, remedy)
    assert [problem for problem in problems if problem.what.startswith("the reply")] == [expected]


def test_breaches_of_many_files_are_found_at_once(content: Folder) -> None:
    chosen = [breach for breach in BREACHES if breach.rule.endswith("exist")]
    for breach in chosen:
        content.change(breach.file, breach.old, breach.new)

    _, problems = loader.read(content.path)

    assert {problem.what for problem in problems} == {breach.what for breach in chosen}
