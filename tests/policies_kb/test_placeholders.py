"""The {names} in approved wording."""

from __future__ import annotations

import pytest

from policies_kb import placeholders

TEXT = "{payer}出{rate_2}，不是{Payer}、{2}、{}或{ payer }，还是{payer}"


def test_names_in_their_order_as_often_as_they_stand() -> None:
    assert placeholders.names(TEXT) == ("payer", "rate_2", "payer")


def test_fill_replaces_each_name_once() -> None:
    filled = placeholders.fill("{a}和{b}", {"a": "{b}", "b": 3, "c": "unused"})

    assert filled == "{b}和3"


def test_fill_refuses_a_name_without_value() -> None:
    with pytest.raises(KeyError, match="rate"):
        placeholders.fill("{rate}", {"payer": "企业"})


def test_without_leaves_the_rest_as_it_is() -> None:
    assert placeholders.without("前{a}中{b}后{}") == "前中后{}"
