"""Every slot that rules ask for has a word list of its kind, and the lists say nothing that a slot does not take."""

from __future__ import annotations

import pytest

from bot.assistant.training import NLU_DATA
from bot.nlu.lexicon import WordList
from bot.nlu.statements.finder import LEAST
from bot.nlu.statements.words import FIGURES, StatementList, read
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.loader import load

LISTS = read(NLU_DATA / "lexicon")
BY_SLOT = {one.slot: one for one in LISTS.slots}
SLOTS = load().slots


@pytest.mark.parametrize(("name", "slot"), SLOTS.items(), ids=str)
def test_slot_has_a_list_of_its_kind(name: str, slot: Slot) -> None:
    assert BY_SLOT[name].kind is slot.kind, f"write nlu_data/lexicon/statements/{name}.yml"


def test_list_is_of_a_slot() -> None:
    assert set(BY_SLOT) == set(SLOTS)


@pytest.mark.parametrize("one", LISTS.slots, ids=lambda one: one.slot)
def test_list_has_what_its_kind_needs(one: StatementList) -> None:
    assert bool(one.cues) == (one.kind in FIGURES)
    assert bool(one.values or one.entity) == (one.kind not in FIGURES)


@pytest.mark.parametrize("words", LISTS.words, ids=lambda words: words.entity)
def test_values_are_those_of_the_slot(words: WordList) -> None:
    slot = SLOTS[words.entity]
    known = {"true", "false"} if slot.kind is Kind.FLAG else set(slot.choices)
    unstated = set(LISTS.speech.unstated.get(words.entity, ()))

    assert set(words.values) - unstated <= known


def test_word_is_long_enough_to_be_looked_up() -> None:
    short = [word for one in LISTS.slots for words in one.values.values() for word in words if len(word) < LEAST]

    assert not short
