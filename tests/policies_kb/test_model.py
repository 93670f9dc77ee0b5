"""The types of the content."""

from __future__ import annotations

from datetime import date

import msgspec
import pytest

from policies_kb.model import Aspect, CannedReply, Contact, Fact
from tests.factories import knowledge, topic

FROM, TO = date(2017, 11, 30), date(2020, 12, 31)


@pytest.mark.parametrize(
    ("today", "valid_to", "in_force"),
    [
        (date(2017, 11, 29), TO, False),
        (FROM, TO, True),
        (TO, TO, True),
        (date(2021, 1, 1), TO, False),
        (date(2099, 1, 1), None, True),
        (date(2017, 11, 29), None, False),
    ],
)
def test_topic_is_in_force_from_its_first_to_its_last_day(today: date, valid_to: date | None, in_force: bool) -> None:
    assert topic(valid_from=FROM, valid_to=valid_to).in_force(today) is in_force


@pytest.mark.parametrize(("number", "heading"), [(2, "奖金"), ("三(一)", "格局"), (9, None), ("2", None)])
def test_document_finds_an_item_by_its_number(number: int | str, heading: str | None) -> None:
    item = knowledge().documents["paper"].item(number)

    assert (item.heading if item else None) == heading


def test_contact_reads_as_name_and_number() -> None:
    assert str(Contact("工会热线", "12351", "工作日", "工会")) == "工会热线12351"


@pytest.mark.parametrize(("value", "unit", "text"), [(3000, "元", "3000元"), ("企业", "", "企业")])
def test_fact_reads_as_value_and_unit(value: int | str, unit: str, text: str) -> None:
    assert str(Fact("name", Aspect.AMOUNT, "label", value, 1, unit)) == text


def test_content_is_immutable() -> None:
    with pytest.raises(AttributeError):
        knowledge().topics["annuity"].title = "another"  # type: ignore[misc]


def test_unknown_key_is_refused() -> None:
    with pytest.raises(msgspec.ValidationError, match="colour"):
        msgspec.convert({"text": "hello", "colour": "red"}, CannedReply)
