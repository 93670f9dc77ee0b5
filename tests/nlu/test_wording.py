"""What a message says by itself, and how it hangs together with the one before it."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.assistant.training import NLU_DATA
from bot.nlu import wording
from bot.nlu.lexicon import Lexicon, LexiconInvalid, read_concepts, read_entities
from bot.nlu.text import normalise
from bot.nlu.wording import Wording, WordingLists


@pytest.fixture(scope="module")
def words() -> Wording:
    folder = NLU_DATA / "lexicon"
    lists = wording.read(folder / "wording.yml")
    return Wording(lists, Lexicon([*read_entities(folder), *read_concepts(folder)]))


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("那高级技师呢", 0),
        ("第二名呢?", 0),
        ("需要啥条件", 0),
        ("钱从哪出", 0),
        ("还有别的吗", 0),
        ("延迟退休", 4),
        ("那延迟退休呢", 4),
        ("农村户口行不", 1),
        ("小厂子老板不认账咋整", 3),
        ("", 0),
        ("???", 0),
    ],
)
def test_own_content_leaves_out_what_says_little(words: Wording, text: str, count: int) -> None:
    assert words.own_content(text) == count


@pytest.mark.parametrize(
    ("text", "earlier", "whole", "replaces"),
    [
        ("那高级技师呢", "技师补多少", "高级技师补多少 那高级技师呢", True),
        ("第二名呢", "省赛第一名奖多少", "省赛第二名奖多少 第二名呢", True),
        ("银牌呢", "省赛第一名奖多少", "省赛第一名奖多少 银牌呢", False),
        ("那技师呢", "技师补多少", "技师补多少 那技师呢", False),
        ("那高级工呢", "技师和高级技师补多少", "高级工和高级工补多少 那高级工呢", True),
        ("钱从哪出", "技师补多少", "技师补多少 钱从哪出", False),
        ("钱从哪出", "技师补多少那高级技师呢", "高级技师补多少那高级技师呢 钱从哪出", False),
        ("铜的呢", "世赛银牌奖多少", "世赛铜牌奖多少 铜的呢", True),
        ("省里的呢", "企业首席技师给股权不", "企业首席技师给股权不 省里的呢", False),
    ],
)
def test_what_a_follow_up_names_takes_the_place_of_its_like(
    words: Wording, text: str, earlier: str, whole: str, replaces: bool
) -> None:
    assert words.in_context(text, earlier) == (whole, replaces)


@pytest.mark.parametrize(
    ("text", "whether", "turning"),
    [("技师行吗", True, False), ("那技师呢?", False, True), ("外地的也给呢", True, True), ("钱从哪出", False, False)],
)
def test_follow_up_asks_whether_something_counts_or_turns_to_something_else(
    words: Wording, text: str, whether: bool, turning: bool
) -> None:
    assert (words.asks_whether(text), words.turns(text)) == (whether, turning)


@pytest.mark.parametrize(
    ("text", "aspects"),
    [
        ("钱从哪出", ("fund",)),
        ("多少钱,钱从哪出", ("fund", "amount")),
        ("啥条件,要什么条件", ("condition",)),
        ("那高级技师呢", ()),
    ],
)
def test_aspects_are_the_sides_that_are_asked_for(words: Wording, text: str, aspects: tuple[str, ...]) -> None:
    assert sorted(words.aspects(text)) == sorted(aspects)


@pytest.mark.parametrize(
    ("text", "parts", "joined"),
    [
        ("技师补多少钱还有年金谁出", ("技师补多少钱", "还有年金谁出"), True),
        ("技师补多少钱？年金谁来出", ("技师补多少钱", "年金谁来出"), False),
        ("你好，技师补多少钱", (), False),
        ("还有年金谁来出呢", (), False),
        ("技师补多少钱", (), False),
    ],
)
def test_parts_are_clauses_that_may_be_questions(
    words: Wording, text: str, parts: tuple[str, ...], joined: bool
) -> None:
    normal = normalise(text)

    assert words.parts(normal) == parts
    assert words.joined(normal) is joined


@pytest.mark.parametrize(
    "text", [b"particles: [a]\njoints: [b]\n", b"particles: [\n", b"", "particles: [那]".encode("gbk")]
)
def test_file_of_another_shape_is_named(tmp_path: Path, text: bytes) -> None:
    path = tmp_path / "wording.yml"
    path.write_bytes(text)

    with pytest.raises(LexiconInvalid, match=r"wording\.yml"):
        wording.read(path)


def test_lists_are_normalised(tmp_path: Path) -> None:
    path = tmp_path / "wording.yml"
    path.write_text(
        "particles: [嗎]\njoints: [ＯＫ]\nwhether: [行嗎]\nturning: [Ｘ]\nqualifiers: [私營]\n", encoding="utf-8"
    )

    found = wording.read(path)

    assert found == WordingLists(("吗",), ("ok",), ("行吗",), ("x",), ("私营",))
