"""The editable word lists."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant.training import NLU_DATA, ROOT
from bot.nlu import lexicon as lexicons
from bot.nlu.lexicon import Lexicon, LexiconInvalid, WordList, read_concepts, read_entities

LEVEL = WordList("level", {"技师": ("技师证",), "高级技师": ("高技",)})
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


def test_word_behind_an_unwanted_one_is_none() -> None:
    home = WordList("region", {"外省": ("辽宁",)}, not_after=("老家",))

    assert Lexicon([home]).find("老家辽宁,辽宁呢") == [("region", "外省", 5, 7)]


@pytest.mark.parametrize("text", ["高级即时", "gaojijishi", "高级jishi", "糕鸡计师"])
def test_word_is_found_by_its_sound(text: str) -> None:
    assert Lexicon([LEVEL]).find(f"{text}补多少") == [("level", "高级技师", 0, len(text))]


@pytest.mark.parametrize("text", ["即时", "jishi"])
def test_word_of_two_syllables_must_be_written(text: str) -> None:
    assert Lexicon([LEVEL]).find(text) == []


def test_written_word_wins_over_a_heard_one() -> None:
    words = WordList("thing", {"written": ("鸡师",), "heard": ("高级技师",)})

    assert Lexicon([words]).find("高级鸡师") == [("thing", "written", 2, 4)]


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


def test_concepts_help_to_understand_but_name_no_things(tmp_path: Path) -> None:
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "money.yml").write_text("subsidy: [补贴]\naward: [奖金]\n", encoding="utf-8")

    (found,) = read_concepts(tmp_path)

    assert (found.entity, found.names_things) == ("money", False)
    assert Lexicon([found]).find("发奖金") == [("money", "award", 1, 3)]


def test_concepts_of_another_shape_are_named(tmp_path: Path) -> None:
    (tmp_path / "concepts").mkdir()
    (tmp_path / "concepts" / "money.yml").write_text("subsidy: 补贴\n", encoding="utf-8")

    with pytest.raises(LexiconInvalid, match=r"money\.yml"):
        read_concepts(tmp_path)


def test_shipped_concepts_are_read() -> None:
    concepts = read_concepts(NLU_DATA / "lexicon")

    assert {"questions", "training", "union"} <= {words.entity for words in concepts}
    assert Lexicon(concepts).lists


def test_folder_is_found_from_anywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert lexicons.folder("nlu_data/lexicon") == ROOT / "nlu_data" / "lexicon"

    (tmp_path / "nlu_data" / "lexicon").mkdir(parents=True)

    assert lexicons.folder("nlu_data/lexicon") == Path("nlu_data/lexicon")


def test_shipped_lists_are_read(lexicon: Lexicon) -> None:
    assert {"award", "contest_level", "medal", "placing", "skill_level"} <= {words.entity for words in lexicon.lists}
