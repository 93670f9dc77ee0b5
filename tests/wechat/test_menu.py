"""The menu in WeChat's JSON, and what WeChat would refuse."""

from __future__ import annotations

import pytest

from bot.wechat.menu import MenuInvalid, menu_json
from policies_kb.model import MenuButton

ASK = MenuButton("延迟退休", ask="高级技师能延迟退休吗")


def test_menu_json_writes_every_kind_of_button() -> None:
    buttons = (MenuButton("补贴待遇", buttons=(ASK, MenuButton("工会", url="https://www.hljzgh.org.cn/"))), ASK)

    click = {"name": "延迟退休", "type": "click", "key": "ask:高级技师能延迟退休吗"}
    view = {"name": "工会", "type": "view", "url": "https://www.hljzgh.org.cn/"}
    assert menu_json(buttons) == {"button": [{"name": "补贴待遇", "sub_button": [click, view]}, click]}


@pytest.mark.parametrize(
    ("buttons", "problem"),
    [
        ((), "the menu has 0 buttons"),
        ((ASK,) * 4, "the menu has 4 buttons"),
        ((MenuButton("多", buttons=(ASK,) * 6),), "button '多' has 6 below it"),
        ((MenuButton("上", buttons=(MenuButton("中", buttons=(ASK,)),)),), "button '中' has buttons below it"),
        ((MenuButton(" ", ask="问"),), "a button has no name"),
        ((MenuButton("空"),), "button '空' needs exactly one of ask, url and buttons"),
        ((MenuButton("双", ask="问", url="https://a.cn"),), "button '双' needs exactly one"),
        ((MenuButton("六个汉字太长", ask="问"),), "the name has 18 bytes, at most 16 fit"),
        ((MenuButton("上", buttons=(MenuButton("长" * 21, ask="问"),)),), "the name has 63 bytes, at most 60 fit"),
        ((MenuButton("问", ask="问" * 42),), "the key has 130 bytes, at most 128 fit"),
        ((MenuButton("网", url="https://a.cn/" + "a" * 1012),), "the url has 1025 bytes, at most 1024 fit"),
        ((MenuButton("网", url="javascript:alert(1)"),), "button '网': the url must begin with https://"),
    ],
)
def test_menu_json_refuses(buttons: tuple[MenuButton, ...], problem: str) -> None:
    with pytest.raises(MenuInvalid) as refusal:
        menu_json(buttons)

    assert problem in str(refusal.value)


def test_menu_json_takes_the_limits_themselves() -> None:
    menu_json((MenuButton("a" * 16, buttons=(MenuButton("长" * 20, ask="a" * 124),) * 5),) * 3)


def test_menu_json_names_every_problem() -> None:
    with pytest.raises(MenuInvalid, match=r"'甲' needs.*'乙' needs"):
        menu_json((MenuButton("甲"), MenuButton("乙")))
