"""A message with its vectors, by itself and in context."""

from __future__ import annotations

import numpy as np
import pytest

from bot.nlu.features import Featuriser, Vector
from bot.nlu.lexicon import Lexicon, WordList
from bot.nlu.reading import LONGEST_EARLIER, Context, read
from bot.nlu.wording import Wording, WordingLists

LEXICON = Lexicon(
    [WordList("level", {"技师": (), "高级技师": ()}), WordList("questions", {"fund": ("谁出钱",)}, names_things=False)]
)
WORDS = Wording(WordingLists(("那", "呢"), ("还有",), ("行吗",), ("呢",), ()), LEXICON)
TEXTS = ("技师补贴多少", "高级技师补贴多少", "年金谁出钱", "那高级技师呢") * 2


@pytest.fixture(scope="module")
def featuriser() -> Featuriser:
    return Featuriser.fit(TEXTS, LEXICON)


def same(one: Vector | None, other: Vector) -> bool:
    return one is not None and np.array_equal(one.columns, other.columns) and np.array_equal(one.values, other.values)


def test_first_message_has_no_context(featuriser: Featuriser) -> None:
    found = read("年金谁出钱", None, featuriser, WORDS)

    assert same(found.alone, featuriser.vector("年金谁出钱"))
    assert (found.own_content, found.length, found.aspects) == (2, 5, ("fund",))
    assert (found.parts, found.joined, found.context, found.in_context) == ((), False, None, None)


def test_follow_up_is_read_in_the_light_of_the_question_before(featuriser: Featuriser) -> None:
    context = Context("annuity", "技师補貼多少？")

    found = read("那高级技师呢", context, featuriser, WORDS)

    assert same(found.in_context, featuriser.vector("高级技师补贴多少? 那高级技师呢"))
    assert (found.own_content, found.context) == (0, context)
    assert (found.whether, found.turning) == (False, True)


def test_only_the_end_of_a_long_question_is_carried_over(featuriser: Featuriser) -> None:
    asked = "技师补贴多少"
    long, short = (Context("annuity", "年金" * 50 + "一" * n + asked) for n in (200, LONGEST_EARLIER - len(asked)))

    found, other = (read("那高级技师呢", context, featuriser, WORDS).in_context for context in (long, short))

    assert other is not None
    assert same(found, other)


def test_each_clause_has_a_vector_of_its_own(featuriser: Featuriser) -> None:
    found = read("年金谁出钱还有技师补贴多少", None, featuriser, WORDS)

    assert found.joined
    assert [
        same(part, featuriser.vector(text))
        for part, text in zip(found.parts, ("年金谁出钱", "还有技师补贴多少"), strict=True)
    ] == [True] * 2
