"""Parts of the content: kept as JSON, put together again, checked with the name of the field, and compared."""

from __future__ import annotations

import pytest

from policies_kb import assembly
from policies_kb.difference import differences
from policies_kb.errors import ContentInvalid
from policies_kb.model import KnowledgeBase
from policies_kb.parts import SHARED, Part, PartKind, decode, encode, parts_of, plain, topic_part
from tests.factories import knowledge, topic, with_topic


def test_content_comes_back_from_its_parts(shipped: KnowledgeBase) -> None:
    kept = {part: encode(value) for part, value in parts_of(shipped).items()}

    assert assembly.checked({part: decode(part, text) for part, text in kept.items()}) == shipped


def test_problem_names_the_part_and_the_field() -> None:
    problems = assembly.problems(with_topic(topic(contact="nobody", related=("prize", "annuity"))))

    assert [(str(problem.path), problem.where) for problem in problems] == [
        ("topic annuity", ("contact",)),
        ("topic annuity", ("related", 1)),
    ]
    assert str(problems[0]).startswith("topic annuity contact: the contact nobody does not exist; use one of")


def test_shared_file_that_is_missing_is_a_problem() -> None:
    parts = parts_of(knowledge())
    del parts[Part(PartKind.SHARED, "menu")]

    with pytest.raises(ContentInvalid, match="menu : it is missing"):
        assembly.checked(parts)


@pytest.mark.parametrize("name", SHARED)
def test_every_shared_file_is_a_part(name: str) -> None:
    assert Part(PartKind.SHARED, name).file == f"{name}.yml"


def test_rows_are_compared_by_their_names() -> None:
    before, after = plain(topic("subsidy")), plain(topic("subsidy"))
    after["facts"] = [dict(fact) for fact in reversed(after["facts"])]
    after["facts"][0]["value"] = "退休职工"
    after["answer"] = "新\n答案"
    after["successor"] = "prize"

    assert [str(one) for one in differences(before, after)] == [
        "answer: 参保{insured}、{since}起取证的{who}，{deadline}可以申请。 → 新⏎答案",
        "facts.who.value: 在职职工 → 退休职工",
        "facts: [insured, since, deadline, who] → [who, deadline, since, insured]",
        "successor: — → prize",
    ]


def test_row_that_comes_or_goes_is_told_whole() -> None:
    before = plain(topic("annuity"))
    after = before | {"facts": [*before["facts"], {"name": "new", "item": 2}]}

    assert [str(one) for one in differences(before, after)] == ["facts.new: — → {name: new, item: 2}"]


@pytest.mark.parametrize(("before", "after"), [(True, 1), (["a"], ["b"]), ({"a": 1}, ["a"]), ([], [{"name": "x"}])])
def test_values_of_another_kind_differ_as_a_whole(before: object, after: object) -> None:
    assert [(one.before, one.after) for one in differences(before, after)] == [(before, after)]


def test_equal_values_do_not_differ() -> None:
    assert list(differences(plain(topic()), plain(topic()))) == []
    assert topic_part("x").file == "topics/x.yml"
