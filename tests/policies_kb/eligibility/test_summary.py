"""A verdict as plain data; its JSON is tested with the API."""

from __future__ import annotations

from decimal import Decimal

from policies_kb.eligibility.evaluate import evaluate
from policies_kb.eligibility.report import verdict_text
from policies_kb.eligibility.summary import SourceSummary, topic_summary, verdict_summary
from policies_kb.eligibility.values import Range
from policies_kb.model import SourceRef
from tests.factories import knowledge, topic

from .people import SLOTS, TODAY


def test_later_rules_and_every_source_are_told() -> None:
    sources = (SourceRef("paper", 3), SourceRef("paper", "三(一)"))
    verdict = evaluate(topic("subsidy", notices=("newer",), sources=sources), SLOTS, {}, TODAY)

    summary = verdict_summary(knowledge(), verdict)

    assert summary.notes == (
        "2025年1月1日起有新规定，请打工会热线12351核实。",
        "文件印发于2017年11月30日。",
    )
    assert summary.sources == (
        SourceSummary("小文件", 3, "第3条"),
        SourceSummary("小文件", "三(一)", "第三部分(一)"),
    )
    assert summary.text == verdict_text(knowledge(), verdict)


def test_rough_answer_keeps_its_range() -> None:
    roughly = {"insured_time": Range(Decimal(37), Decimal(47))}

    first = verdict_summary(knowledge(), evaluate(topic("subsidy"), SLOTS, roughly, TODAY)).conditions[0]

    assert (first.value, first.shown) == ("37个月/47个月", "3年1个月至3年11个月")


def test_topic_tells_what_it_asks() -> None:
    summary = topic_summary(knowledge(), topic("subsidy"))

    assert (summary.topic, summary.question) == ("subsidy", "考证补贴怎么领？")
    assert [question.title for question in summary.slots] == ["参保时间", "取证时间", "在职"]
