"""Word lists of statements that are mended by their makers."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.assistant.training import NLU_DATA
from bot.nlu.lexicon import LexiconInvalid, WordList
from bot.nlu.statements.finder import Finder
from bot.nlu.statements.speech import any_of, expanded
from bot.nlu.statements.words import read


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "statements").mkdir()
    (tmp_path / "speech.yml").write_bytes((NLU_DATA / "lexicon" / "speech.yml").read_bytes())
    return tmp_path


@pytest.mark.parametrize("text", ["slot: a", "slot: a\nkind: colour", "slot: a\nkind: flag\nwords: [x]", "[", "\x00"])
def test_list_of_the_wrong_shape_names_its_file(folder: Path, text: str) -> None:
    (folder / "statements" / "a.yml").write_text(text)

    with pytest.raises(LexiconInvalid, match=r"a\.yml"):
        read(folder)


def test_unknown_entity_is_refused(folder: Path) -> None:
    (folder / "statements" / "a.yml").write_text("slot: a\nkind: choice\nentity: colour")

    with pytest.raises(LexiconInvalid, match="colour is no list"):
        read(folder)


def test_speech_of_the_wrong_shape_names_its_file(folder: Path) -> None:
    (folder / "speech.yml").write_text("self: [我]")

    with pytest.raises(LexiconInvalid, match=r"speech\.yml"):
        read(folder)


def test_longest_word_of_a_list_wins() -> None:
    lists = [WordList("a", {"true": ("单位同意",), "false": ("单位不同意",)}), WordList("b", {"x": ("同意",)})]
    finder = Finder(lists, {})

    found = [(one.slot, one.value, one.start) for one in finder.find("单位不同意")]

    assert found == [("a", "false", 0), ("b", "x", 3)]


def test_word_with_a_gap_stays_within_a_clause() -> None:
    finder = Finder([WordList("a", {"true": ("单位…同意",)})], {})

    assert [(one.end, one.last) for one in finder.find("单位领导也同意,单位好,我同意")] == [(7, 5)]


def test_group_in_a_word_is_any_of_the_group() -> None:
    finder = Finder([WordList("a", {"true": ("<单位>…给…交", "<单位>的")})], {"单位": ("单位", "我们厂")})

    found = [(one.start, one.end, one.last) for one in finder.find("我们厂也给我交,单位的,厂的,单位给,交")]

    assert found == [(0, 7, 6), (8, 11, 8)]


def test_word_does_not_stand_where_its_list_forbids() -> None:
    finder = Finder([WordList("a", {"x": ("第三",)}, not_before=("个",), not_after=("排",))], {})

    assert [one.start for one in finder.find("第三个第三排第三")] == [3]


def test_text_that_ends_within_a_word_does_not_hold_it() -> None:
    finder = Finder([WordList("a", {"x": ("首席", "首席技师")})], {})

    assert [(one.start, one.end) for one in finder.find("我是首席")] == [(2, 4)]


def test_groups_in_a_word_are_taken_with_each_other() -> None:
    groups = {"属于": ("替", "是"), "外省": ("吉林", "辽宁")}

    assert expanded(["<属于><外省>队"], groups) == ["替吉林队", "替辽宁队", "是吉林队", "是辽宁队"]


def test_unknown_group_is_refused() -> None:
    with pytest.raises(LexiconInvalid, match="<县> is no group"):
        expanded(["代表<县>"], {})


def test_longest_word_matches_and_a_gap_stays_within_a_clause() -> None:
    pattern = re.compile(any_of(["能", "能领", "能…吗", "给"]))

    assert [match[0] for match in pattern.finditer("能领,能补吗,能,吗,给")] == ["能领", "能补吗", "能", "给"]


def test_no_words_match_nothing() -> None:
    assert any_of(()) == "(?!)"
