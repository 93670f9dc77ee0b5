"""What Rasa is asked for a worker's text."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.assistant.payload import payload
from tests.factories import knowledge


@pytest.mark.parametrize("text", ["企业年金", "年金谁出钱？", "  企业年金\n"])
def test_title_or_plain_question_names_its_topic(text: str) -> None:
    asked = payload(text, knowledge())

    assert asked.startswith("/ask")
    assert json.loads(asked.removeprefix("/ask")) == {"topic": "annuity"}


@pytest.mark.parametrize("text", ["eligibility_offer", " eligibility_offer\n"])
def test_tapped_offer_asks_for_a_verdict(text: str) -> None:
    assert payload(text, knowledge()) == "/qualify"


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("年金谁出钱", "年金谁出钱"),
        ("/restart", "restart"),
        ("/qualify", "qualify"),
        ('/ask{"topic":"prize"}', 'ask{"topic":"prize"}'),
        ("///back", "back"),
        ("/ /restart", "restart"),
        ("\u3000/\n/ restart", "restart"),
        ("和/或", "和/或"),
    ],
)
def test_other_text_is_to_be_understood(text: str, asked: str) -> None:
    assert payload(text, knowledge()) == asked


@given(st.text(alphabet=st.sampled_from("/ \t\n\u3000\x1c\x85a年"), max_size=12))
def test_no_text_is_a_command_even_when_rasa_has_stripped_it(text: str) -> None:
    assert not payload(text, knowledge()).strip().startswith("/")


@pytest.mark.parametrize("text", ["", "/", " // "])
def test_nothing_is_a_blank(text: str) -> None:
    assert payload(text, knowledge()) == " "
