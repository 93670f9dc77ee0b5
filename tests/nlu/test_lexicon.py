"""The editable word lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.nlu.lexicon import Lexicon, LexiconInvalid, WordList, read_entities

LEVEL = WordList("level", {"技师": ("技师证",), "高级技师": ("高技",)}, ())
PLACE = WordList("place", {"第一名": ("第一",)}, ("个", "条"))


def test_longest_word_wins() -> None:
    assert sorted(Lexicon([LEVEL]).find("高级技师和技师证"), key=lambda match: match[2]) == [
        ("level", "高级技师", 0, 4),
        ("level", "技师", 5, 8),
    ]


def test_value_names_itself_and_words_are_normalised() -> None:
    lexicon = Lexicon([WordList("level", {"高級": ("ＡＢ",)})])

    assert [value for _, value, _, _ in lexicon.find("高级ab")] == ["高級", "高級"]


def test_word_before_an_unwanted_character_is_none() -> None:
    assert Lexicon([PLACE]).find("第一个问题，第一奖多少") == [("place", "第一名", 6, 8)]


def test_each_list_finds_its_own() -> None:
    found = Lexicon([LEVEL, PLACE]).find("技师第一名")

    assert {(entity, value) for entity, value, _, _ in found} == {("level", "技师"), ("place", "第一名")}


def test_word_of_two_values_is_refused() -> None:
    with pytest.raises(LexiconInvalid, match=r"level: 高技 stands for .*; keep it under one"):
        Lexicon([WordList("level", {"高级技师": ("高技",), "高级工": ("高技",)})])


@pytest.mark.parametrize(
    "text",
    [
        b"entity: level\n",
        b"entity: level\nvalues: [a]\n",
        b"entity: level\nvalues: {a: [b]}\ncolour: red\n",
        b"entity: [\n",
        b"",
        "entity: 级别\nvalues: {a: [b]}\n".encode("gbk"),
    ],
)
def test_file_of_another_shape_is_named(tmp_path: Path, text: bytes) -> None:
    (tmp_path / "entities").mkdir()
    (tmp_path / "entities" / "level.yml").write_bytes(text)

    with pytest.raises(LexiconInvalid, match=r"(?s)level\.yml: .*; compare with the other lists"):
        read_entities(tmp_path)


def test_shipped_lists_are_read(lexicon: Lexicon) -> None:
    assert {"award", "contest_level", "medal", "placing", "skill_level"} <= {words.entity for words in lexicon.lists}
