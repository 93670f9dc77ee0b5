"""The shipped list against what workers write when it is urgent, and against what only reads like it."""

from __future__ import annotations

from itertools import islice
from pathlib import Path

import pytest
import yaml
from pypinyin import lazy_pinyin

from bot.conversation.urgent import UrgentReplies
from bot.nlu.phrases import PhraseBook
from policies_kb.model import KnowledgeBase

HERE = Path(__file__).parent
PHRASINGS = [
    (subject, text)
    for subject, texts in yaml.safe_load((HERE / "phrasings.yml").read_text(encoding="utf-8")).items()
    for text in texts
]
LOOK_ALIKES: list[str] = yaml.safe_load((HERE / "look_alikes.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def urgent(shipped: KnowledgeBase) -> UrgentReplies:
    return UrgentReplies(lambda: shipped)


def subject_of(urgent: UrgentReplies, text: str) -> str | None:
    found = urgent(text)
    return found.subject if found else None


def test_there_are_enough_of_them() -> None:
    assert len(PHRASINGS) >= 40
    assert len(LOOK_ALIKES) >= 40


@pytest.mark.parametrize(("subject", "text"), PHRASINGS)
def test_phrasing_is_found(urgent: UrgentReplies, subject: str, text: str) -> None:
    assert subject_of(urgent, text) == subject


@pytest.mark.parametrize("text", LOOK_ALIKES)
def test_look_alike_is_not(urgent: UrgentReplies, text: str) -> None:
    assert subject_of(urgent, text) is None


@pytest.mark.parametrize("between", [" ", "😭", ".", "*", "\u200b", "🙏 ", "-", "·", "，", "1"])
@pytest.mark.parametrize(("subject", "text"), PHRASINGS)
def test_noise_between_the_characters_hides_nothing(
    urgent: UrgentReplies, subject: str, text: str, between: str
) -> None:
    assert subject_of(urgent, between.join(text)) == subject


@pytest.mark.parametrize(("subject", "text"), PHRASINGS)
def test_pinyin_and_traditional_characters_hide_nothing(urgent: UrgentReplies, subject: str, text: str) -> None:
    import zhconv

    assert subject_of(urgent, zhconv.convert(text, "zh-tw")) == subject
    assert subject_of(urgent, " ".join(lazy_pinyin(text))) is not None


@pytest.mark.parametrize(
    "text",
    [
        "我不想火了",
        "我布想活了",
        "我想自沙",
        "我想自鲨",
        "不向活了",
        "我要眺楼",
        "zi杀",
        "自sha",
        "不想huo了",
        "不xiang活",
    ],
)
def test_homophone_hides_nothing(urgent: UrgentReplies, text: str) -> None:
    assert subject_of(urgent, text) == "self_harm"


def test_phrases_of_the_list_are_found_in_themselves(shipped: KnowledgeBase) -> None:
    for name, subject in shipped.urgent.items():
        book = PhraseBook(subject.phrases, subject.harmless)
        lost = [one for one in subject.phrases if not book.found_in(one.replace("…", "这个"))]
        assert lost == [], f"{name}: what is harmless hides these altogether"


def test_words_may_stand_in_a_gap_but_not_a_whole_story() -> None:
    book = PhraseBook(["拖欠…工资"])

    assert book.found_in("拖欠我们三个月的工资")
    assert not book.found_in("拖欠的是学费，跟我每个月工资没有一点关系")


def test_harmless_words_excuse_only_what_is_within_them() -> None:
    book = PhraseBook(["跳楼"], ["跳楼价"])

    assert not book.found_in("跳楼价")
    assert book.found_in("跳楼价卖完我就跳楼")


def test_comma_ends_a_phrase_unless_it_stands_beside_a_lone_character() -> None:
    book = PhraseBook(["砍我"])

    assert not book.found_in("对半砍，我是关键岗位")
    assert book.found_in("他要砍，我，怕")


def test_long_text_is_read_to_its_end(urgent: UrgentReplies) -> None:
    story = "".join(islice("我在工地绑钢筋干了很多年家里还有老人孩子要养" * 60, 1200))

    assert subject_of(urgent, story + "我不想活了") == "self_harm"
