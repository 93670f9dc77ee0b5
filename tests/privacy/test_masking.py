"""Numbers that name a person are masked however they are written; everything else stays."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.privacy.masking import CARD, IDENTITY, NUMBER, OPENID, PHONE, masked

WIDE = str.maketrans("0123456789", "０１２３４５６７８９")
phones = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)
identities = st.from_regex(r"[1-6][0-9]{5}(19|20)[0-9]{2}(0[1-9]|1[0-2])[0-3][0-9][0-9]{3}[0-9Xx]", fullmatch=True)
cards = st.from_regex(r"6[0-9]{15,18}", fullmatch=True)
openids = st.from_regex(r"o[A-Za-z0-9_-]{27}", fullmatch=True)
han = st.text("我的是电话身份证卡在，。？ ：a", max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("打13812345678找我", f"打{PHONE}找我"),
        ("+86 138-1234-5678", PHONE),
        ("138 1234 5678", PHONE),
        ("１３８１２３４５６７８", PHONE),
        ("0451-82345678", PHONE),
        ("(0451)82345678", PHONE),
        ("身份证230103198001011234", f"身份证{IDENTITY}"),
        ("23010319800101123x", IDENTITY),
        ("230103 19800101 123X", IDENTITY),
        ("卡号6222021234567890123", f"卡号{CARD}"),
        ("6222 0212 3456 7890 123", CARD),
        ("一三八一二三四五六七八", NUMBER),
        ("oyORnuP8q7ou2gfYjqLzSIWZf0rs说", f"{OPENID}说"),
        ("1381234567813912345678", NUMBER),
        ("138 1234 5678 139 1234 5678", f"{PHONE} {PHONE}"),
    ],
)
def test_number_that_names_a_person_is_masked(text: str, expected: str) -> None:
    assert masked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "请打工会服务职工热线12351",
        "2017-11-30到2018-01-01",
        "补贴2000元、1500元、1000元",
        "第9条、第25条",
        "一二三四五六七",
        "12345 12333 12348",
        "openid is a word, so is overcomplication",
        "",
    ],
)
def test_everything_else_stays(text: str) -> None:
    assert masked(text) == text


@given(st.text(max_size=60))
def test_masking_is_idempotent_and_leaves_no_long_number(text: str) -> None:
    once = masked(text)

    assert masked(once) == once
    assert not re.search(r"\d{11}", once)


@given(han, phones, han, st.sampled_from(["", " ", "-"]), st.booleans())
def test_telephone_never_comes_through(before: str, phone: str, after: str, apart: str, wide: bool) -> None:
    written = apart.join((phone[:3], phone[3:7], phone[7:]))
    written = written.translate(WIDE) if wide else written

    assert masked(f"{before}{written}{after}") == f"{before}{PHONE}{after}"


@given(han, identities, han)
def test_identity_card_never_comes_through(before: str, number: str, after: str) -> None:
    assert masked(f"{before}{number}{after}") == f"{before}{IDENTITY}{after}"


@given(han, cards, han, st.booleans())
def test_bank_card_never_comes_through(before: str, number: str, after: str, grouped: bool) -> None:
    written = " ".join(number[at : at + 4] for at in range(0, len(number), 4)) if grouped else number

    assert not re.search(r"\d{5}", masked(f"{before}{written}{after}"))


@given(st.text("我的号：， ", max_size=8), openids, st.text("。？ 谢", max_size=8))
def test_openid_never_comes_through(before: str, openid: str, after: str) -> None:
    assert openid not in masked(f"{before}{openid}{after}")
