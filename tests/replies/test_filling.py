"""Variables: none is sent unfilled."""

from __future__ import annotations

import pytest

from bot.replies.errors import Unfilled
from bot.replies.filling import filled, names, prefilled, prompts, stray_braces, unknown

from .cast import draft

REPLY = draft(text="{坐席姓名}：补贴{请填写:金额}元，{请填写： 日期 }到账，{请填写:金额}元。")


def test_everything_that_is_missing_is_named_once() -> None:
    with pytest.raises(Unfilled) as error:
        filled(REPLY, {"金额": " "})

    assert error.value.missing == ("坐席姓名", "金额", "日期")


def test_filled_text_has_all_values() -> None:
    values = {"坐席姓名": "李娜", "金额": " 3000 ", "日期": "周五"}

    assert filled(REPLY, values) == "李娜：补贴3000元，周五到账，3000元。"


def test_value_is_not_filled_in_turn() -> None:
    assert filled(draft(text="{请填写:甲}"), {"甲": "{请填写:乙}", "乙": "x"}) == "{请填写:乙}"


def test_what_is_known_is_filled_and_the_rest_stays() -> None:
    assert prefilled("{坐席姓名}{请填写:金额}", {"坐席姓名": "李娜"}) == "李娜{请填写:金额}"


@pytest.mark.parametrize(
    ("text", "what"),
    [("{worker_name}", ("worker_name",)), ("{请填写:}", ("请填写:",)), ("{热线号码}{请填写:金额}", ()), ("", ())],
)
def test_unknown_variables_are_found(text: str, what: tuple[str, ...]) -> None:
    assert unknown(text) == what


@pytest.mark.parametrize(("text", "stray"), [("{", True), ("}{热线号码}", True), ("{}", True), ("{热线号码}", False)])
def test_stray_braces_are_found(text: str, stray: bool) -> None:
    assert stray_braces(text) is stray


def test_prompts_are_what_a_person_has_to_fill_in() -> None:
    assert prompts(REPLY.text) == ("金额", "日期")
    assert names(REPLY.text) == ("坐席姓名", "金额", "日期")
