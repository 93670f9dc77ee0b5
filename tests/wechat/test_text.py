"""A reply as one text: options to tap, the source line kept, 2048 bytes at most."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.port import Message, Reply
from bot.wechat.fields import legal_text
from bot.wechat.messages import parse, text_reply
from bot.wechat.text import LIMIT, fits, letters, render, shorten, split

from .envelopes import payload
from .fakes import reply

HINT = "点上面的字，或者回复序号都行。"
SOURCE = "依据:《某文件》第9条、第25条"
LINK = re.compile(r'<a href="weixin://bizmsgmenu\?msgmenucontent=([^"&]*)&msgmenuid=(\d+)">([^<>]*)</a>')


def size(text: str) -> int:
    return len(text.encode())


def test_render_leaves_a_short_text_alone() -> None:
    assert render(reply(f"最高延长三年。\n{SOURCE}"), HINT) == f"最高延长三年。\n{SOURCE}"


def test_render_joins_messages() -> None:
    assert render(Reply((Message("一"), Message(""), Message("二"))), HINT) == "一\n\n二"


def test_render_of_nothing_is_empty() -> None:
    assert render(Reply(()), HINT) == ""


def test_render_numbers_the_options_through_all_messages() -> None:
    text = render(Reply((Message("问一", ("甲", "乙")), Message("问二", ("丙",)))), HINT)

    assert LINK.findall(text) == [("甲", "1", "1. 甲"), ("乙", "2", "2. 乙"), ("丙", "3", "3. 丙")]
    assert text.endswith(f"\n{HINT}")


def test_render_without_a_hint_has_no_numbers() -> None:
    text = render(reply("问", "甲", "乙"), "")

    assert LINK.findall(text) == [("甲", "0", "甲"), ("乙", "0", "乙")]
    assert text.endswith("乙</a>")


def test_render_shows_the_hint_with_options_only() -> None:
    assert HINT not in render(reply("没有选项"), HINT)


@pytest.mark.parametrize(
    ("title", "target", "label"),
    [
        ('"><script>&msgmenuid=9', "%22%3E%3Cscript%3E%26msgmenuid%3D9", '1. "＞＜script＞＆msgmenuid=9'),
        ("50%的补贴 A+B", "50%25的补贴%20A%2BB", "1. 50%的补贴 A+B"),
        ("两\r\n行\x1d", "两%20行", "1. 两 行"),
        ("补贴怎么领？", "补贴怎么领？", "1. 补贴怎么领？"),
    ],
)
def test_render_makes_titles_harmless(title: str, target: str, label: str) -> None:
    assert LINK.findall(render(reply("问", title), HINT)) == [(target, "1", label)]


def test_render_shortens_the_body_and_keeps_the_rest() -> None:
    text = render(reply("很" * 900 + f"\n{SOURCE}\n{SOURCE}", "甲", "乙"), HINT)

    assert LIMIT - 3 < size(text) <= LIMIT
    assert f"很…\n{SOURCE}\n{SOURCE}\n\n<a " in text
    assert len(LINK.findall(text)) == 2
    assert text.endswith(HINT)


def test_render_shortens_the_longest_of_several_bodies() -> None:
    text = render(Reply((Message("长" * 900 + f"\n{SOURCE}"), Message("短短的问题", ("是", "否")))), HINT)

    assert size(text) <= LIMIT
    assert SOURCE in text
    assert "短短的问题" in text


def test_render_gives_up_the_tap_before_the_end_of_an_answer() -> None:
    body = "答" * 560
    options = tuple(f"第{number}个问题怎么办" for number in range(5))

    text = render(reply(f"{body}\n{SOURCE}", *options), HINT)

    assert text.startswith(f"{body}\n{SOURCE}\n\n1. 第0个问题怎么办\n2. ")
    assert "5. 第4个问题怎么办" in text


def test_render_keeps_every_option_however_many_and_long() -> None:
    text = render(reply(f"问\n{SOURCE}", *["长标题" * 60] * 30), HINT)

    assert size(text) <= LIMIT
    assert text.startswith(SOURCE)
    assert re.findall(r"^(\d+)\. 长", text, re.MULTILINE) == [str(number) for number in range(1, 31)]


@pytest.mark.parametrize("room", range(60))
def test_shorten_never_cuts_within_a_link_or_a_character(room: int) -> None:
    text = '看😀<a href="https://a.cn/">网页</a>和<b>后</b>面 1 < 2 的字'

    short = shorten(text, room)

    assert size(short) <= room
    assert short == "" or text.startswith(short.removesuffix("…").rstrip())
    assert short.count("<a ") == short.count("</a>")
    assert not re.search(r"<[/a-z][^>]*…", short)


texts = st.text(st.characters(), max_size=1500) | st.sampled_from(
    ["很" * 1000, f"答{'案' * 800}\n{SOURCE}", "<a " * 900]
)
messages = st.builds(Message, texts, st.lists(st.text(st.characters(), max_size=300), max_size=6).map(tuple))


@given(st.lists(messages, max_size=3).map(tuple))
def test_rendered_reply_fits_and_survives_xml(parts: tuple[Message, ...]) -> None:
    text = render(Reply(parts), HINT)

    root = ET.fromstring(text_reply(parse(payload("text")), text, 1764915300))
    assert size(text) <= LIMIT
    assert (root.findtext("Content") or "") == text == legal_text(text)


@given(texts, st.lists(st.text("问题怎么办<&\"'>%\n ", min_size=1, max_size=20), min_size=1, max_size=6))
def test_rendered_options_and_source_are_never_dropped(body: str, titles: list[str]) -> None:
    text = render(reply(f"{body}\n{SOURCE}", *titles), HINT)

    assert SOURCE in text
    assert re.findall(r"^(?:<a [^<>]*>)?(\d+)\.(?: |<|$)", text[text.rindex(SOURCE) :], re.MULTILINE) == [
        str(number) for number in range(1, len(titles) + 1)
    ]


@pytest.mark.parametrize("size", [LIMIT, LIMIT + 1])
def test_reply_fits_when_it_is_shown_whole(size: int) -> None:
    said = reply("a" * size)

    assert fits(said, "") is (render(said, "") == "a" * size)


def test_choices_count_for_what_fits() -> None:
    assert fits(reply("a" * 2000, "甲"), "hint")
    assert not fits(reply("a" * 2040, "甲"), "hint")


def test_letters_are_few_and_keep_choices_with_their_text() -> None:
    said = Reply((Message("one"), Message("two"), Message("which", ("甲", "乙")), Message("three")))

    assert letters(said) == (Reply((Message("one\n\ntwo\n\nwhich", ("甲", "乙")),)), Reply((Message("three"),)))


def test_long_letter_is_split_between_lines_and_loses_nothing() -> None:
    text = "\n".join("工" * 200 for _ in range(9))

    pieces = [letter.messages[0].text for letter in letters(reply(text))]

    assert "\n".join(pieces) == text
    assert all(len(piece.encode()) <= LIMIT for piece in pieces)


def test_line_that_is_too_long_is_split_between_characters() -> None:
    assert split("工" * 5, 7) == ["工工", "工工", "工"]


def test_reply_without_words_makes_no_letter() -> None:
    assert letters(Reply(())) == ()


ASKING = Message("这个答案有用吗？", ("有用", "没用"), numbered=False)


def test_question_without_numbers_is_the_last_line_and_takes_no_number() -> None:
    text = render(Reply((Message(f"最高延长三年。\n{SOURCE}", ("看看我符不符合",)), ASKING)), HINT)

    answer, menu, asked = text.split("\n\n")
    assert answer == f"最高延长三年。\n{SOURCE}"
    assert LINK.findall(menu) == [("看看我符不符合", "1", "1. 看看我符不符合")]
    assert LINK.findall(asked) == [("有用", "0", "有用"), ("没用", "0", "没用")]
    assert asked.startswith("这个答案有用吗？ <a")
    assert "\n" not in asked


@given(st.integers(0, 700), st.lists(st.text(max_size=20), max_size=4))
def test_question_without_numbers_never_pushes_anything_out(length: int, options: list[str]) -> None:
    answer = Message("长" * length + f"\n{SOURCE}", tuple(options))
    alone, asked = render(Reply((answer,)), HINT), render(Reply((answer, ASKING)), HINT)

    assert asked.startswith(alone)
    assert size(asked) <= LIMIT
    assert fits(Reply((answer, ASKING)), HINT) == (asked != alone and fits(Reply((answer,)), HINT))


def test_question_alone_is_asked_even_where_its_choices_do_not_fit() -> None:
    why = Message("哪儿不对？", ("看不懂", "过期"), numbered=False)

    assert LINK.findall(render(Reply((why,)), HINT)) == [("看不懂", "0", "看不懂"), ("过期", "0", "过期")]
    assert render(Reply((Message("哪儿不对？", ("长" * 900,), numbered=False),)), HINT) == "哪儿不对？"


def test_letters_leave_out_what_asks_beside_an_answer() -> None:
    answer = Message("答", ("甲",))

    assert letters(Reply((answer, ASKING))) == (Reply((answer,)),)
    assert letters(Reply((ASKING,))) == (Reply((ASKING,)),)
