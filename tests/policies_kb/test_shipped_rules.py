"""The shipped rules against the paper: one row for each side of each bound, see shipped_rules.yml."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path

import msgspec
import pytest
import yaml

from policies_kb.base import ItemNumber
from policies_kb.eligibility.evaluate import Status, Verdict, evaluate
from policies_kb.eligibility.report import verdict_text
from policies_kb.eligibility.survey import survey
from policies_kb.eligibility.values import parse
from policies_kb.model import KnowledgeBase

TODAY = date(2026, 3, 2)
Row = Mapping[str, bool | str]


class Case(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """See shipped_rules.yml."""

    topic: str
    item: ItemNumber
    met: Row
    holds: tuple[Row, ...] = ()
    fails: tuple[Row, ...] = ()
    says: tuple[str, ...] = ()


FILE = Path(__file__).with_name("shipped_rules.yml")
CASES = msgspec.convert(yaml.safe_load(FILE.read_text(encoding="utf-8")), list[Case])


def verdict(shipped: KnowledgeBase, case: Case, row: Row) -> Verdict:
    answers = {**case.met, **row}
    today = date.fromisoformat(str(answers.pop("day", TODAY.isoformat())))
    values = {name: parse(shipped.slots[name], value) for name, value in answers.items()}
    return evaluate(shipped.topics[case.topic], shipped.slots, values, today)


def rows(kind: str) -> Iterator[object]:
    for case in CASES:
        for row in getattr(case, kind):
            told = " ".join(f"{name}={value}" for name, value in row.items())
            yield pytest.param(case, row, id=f"{case.topic} item {case.item}: {told}")


def named(case: Case) -> str:
    return " ".join((case.topic, *map(str, case.met.values())))


@pytest.mark.parametrize("case", CASES, ids=named)
def test_who_meets_every_condition_qualifies_and_is_told_for_how_much(shipped: KnowledgeBase, case: Case) -> None:
    found = verdict(shipped, case, {})

    text = verdict_text(shipped, found)
    assert found.status is Status.MET
    assert [said for said in case.says if said not in text] == []


@pytest.mark.parametrize(("case", "row"), rows("holds"))
def test_within_the_bound(shipped: KnowledgeBase, case: Case, row: Row) -> None:
    assert verdict(shipped, case, row).status is Status.MET


@pytest.mark.parametrize(("case", "row"), rows("fails"))
def test_outside_the_bound(shipped: KnowledgeBase, case: Case, row: Row) -> None:
    found = verdict(shipped, case, row)

    failed = [finding for finding in found.findings if finding.status is Status.NOT_MET]
    assert found.status is Status.NOT_MET
    assert {finding.condition.item for finding in failed} == {case.item}
    assert all(
        line.endswith(f"第{case.item}条）") for line in verdict_text(shipped, found).split("\n") if line[0] == "✗"
    )


@pytest.mark.parametrize("case", CASES, ids=named)
def test_without_one_of_the_answers_nothing_is_decided(shipped: KnowledgeBase, case: Case) -> None:
    for left_out in case.met:
        known = msgspec.structs.replace(case, met={name: case.met[name] for name in case.met if name != left_out})

        assert verdict(shipped, known, {}).status is Status.UNKNOWN


def test_every_rule_has_a_case_and_every_condition_a_row_that_fails_it(shipped: KnowledgeBase) -> None:
    tested = {
        (case.topic, finding.condition.text)
        for case in CASES
        for row in case.fails
        for finding in verdict(shipped, case, row).findings
        if finding.status is Status.NOT_MET
    }

    ruled = [topic for topic in shipped.topics.values() if topic.outcome is not None]
    assert tested == {(topic.id, condition.text) for topic in ruled for condition in topic.conditions}


@pytest.mark.parametrize("case", CASES, ids=named)
def test_interview_finds_what_is_certain(shipped: KnowledgeBase, case: Case) -> None:
    answers = {name: parse(shipped.slots[name], value) for name, value in case.met.items()}

    found = survey(shipped, answers, TODAY)

    listed = case.topic in shipped.interview.topics
    assert (case.topic in {certain.topic.id for certain in found.certain}) is listed


def test_rough_answers_are_decided_only_where_they_can_be(shipped: KnowledgeBase) -> None:
    case = CASES[0]

    assert verdict(shipped, case, {"insured_time": "37个月/47个月"}).status is Status.MET
    assert verdict(shipped, case, {"insured_time": "24个月/35个月"}).status is Status.NOT_MET
    assert verdict(shipped, case, {"insured_time": "33个月/39个月"}).status is Status.UNKNOWN
    assert verdict(shipped, case, {"certificate_date": "2025-03"}).status is Status.UNKNOWN
    assert verdict(shipped, case, {"certificate_date": "2015"}).status is Status.NOT_MET
