"""What a posted page carries, and what the form becomes after it."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest

from bot.eligibility.form import Form, Trouble, filled, parse
from bot.web.body import Refused
from policies_kb.eligibility.values import parse as value_of
from tests.factories import knowledge

from .conftest import TODAY

SLOTS = knowledge().slots


def after(*fields: tuple[str, str]) -> Form:
    """The form after a page with these fields."""
    return filled(SLOTS, parse(urlencode(fields).encode()), TODAY)


def test_answer_is_added_to_what_the_page_carries() -> None:
    form = after(("known.insured_time", "60个月"), ("slot", "employed"), ("answer", "true"))

    assert form == Form({"insured_time": value_of(SLOTS["insured_time"], "5年"), "employed": True})


def test_skipped_slot_is_remembered_with_its_vague_answer() -> None:
    carried = (("skipped", "employed"), ("known.certificate_date", "2025"))

    form = after(*carried, ("slot", "certificate_date"), ("answer", "2025年"), ("skip", "1"))

    assert form.skipped == ("employed", "certificate_date")
    assert form.answers == {"certificate_date": value_of(SLOTS["certificate_date"], "2025")}


def test_answer_after_all_ends_the_skip() -> None:
    assert after(("skipped", "employed"), ("slot", "employed"), ("answer", "false")) == Form({"employed": False})


@pytest.mark.parametrize(
    ("slot", "answer", "trouble"),
    [
        ("insured_time", " ", Trouble.EMPTY),
        ("insured_time", "好久", Trouble.UNCLEAR),
        ("employed", "", Trouble.EMPTY),
        ("skill_level", "学徒", Trouble.UNCLEAR),
    ],
)
def test_answer_that_does_not_fit_is_asked_for_again(slot: str, answer: str, trouble: Trouble) -> None:
    form = after(("slot", slot), ("answer", answer))

    assert form == Form({}, again=slot, typed=answer.strip(), trouble=trouble)


@pytest.mark.parametrize(
    ("slot", "kept", "typed"),
    [
        ("insured_time", "35个月", "2年11个月"),
        ("insured_time", "37个月/47个月", ""),
        ("certificate_date", "2026-01", "2026年1月"),
        ("pay_now", "4000元", "4000元"),
        ("employed", "false", "false"),
        ("skill_level", "技师", "技师"),
    ],
)
def test_answer_to_change_is_taken_back_and_put_into_the_field(slot: str, kept: str, typed: str) -> None:
    form = after((f"known.{slot}", kept), ("change", slot))

    assert form == Form({}, again=slot, typed=typed)


def test_what_the_content_does_not_take_counts_as_not_said() -> None:
    form = after(
        ("known.insured_time", "forged"),
        ("known.nothing", "1"),
        ("known.employed", "true"),
        ("skipped", "nothing"),
        ("skipped", "skill_level"),
        ("skipped", "skill_level"),
        ("slot", "nothing"),
        ("answer", "5年"),
        ("change", "nothing"),
    )

    assert form == Form({"employed": True}, skipped=("skill_level",))


@pytest.mark.parametrize("body", [b"\xff=1", b"answer=%ff", b"a=1&" * 501])
def test_body_that_is_no_form_is_refused(body: bytes) -> None:
    with pytest.raises(Refused) as refused:
        parse(body)

    assert refused.value.status == 400
