"""What a text says in figures, on Sunday the 22nd of November 2026."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.nlu import spans
from bot.nlu.text import normalise
from policies_kb.eligibility.rule import Kind, Slot
from policies_kb.eligibility.values import Range, parse

TODAY = date(2026, 11, 22)
FIGURES = "0123456789.-/%零〇一二两俩仨三四五六七八九十百千万半几多来成折分之年个月周礼拜天日号前去今昨上下底初快不到差满以块元k至"


def found(text: str) -> list[tuple[str, str]]:
    return [(span.kind.value, span.written) for span in spans.find(normalise(text), TODAY)]


@pytest.mark.parametrize(
    ("text", "months"),
    [
        ("5年", "60个月"),
        ("３６个月", "36个月"),
        ("2年11个月", "35个月"),
        ("三年零两个月", "38个月"),
        ("一年半", "18个月"),
        ("1.5年", "18个月"),
        ("半年", "6个月"),
        ("大半年", "7个月/11个月"),
        ("俩月", "2个月"),
        ("仨年头", "36个月"),
        ("一个半月", "1个月"),
        ("满三年", "36个月"),
        ("整整十年", "120个月"),
        ("三年多", "37个月/47个月"),
        ("二十多年", "252个月/348个月"),
        ("十几年", "132个月/228个月"),
        ("十来年", "108个月/144个月"),
        ("三四年", "36个月/48个月"),
        ("3到5年", "36个月/60个月"),
        ("快三年", "24个月/35个月"),
        ("不到三年", "24个月/35个月"),
        ("三年不到", "24个月/35个月"),
        ("差点三年", "24个月/35个月"),
        ("小二十年", "228个月/239个月"),
        ("三年左右", "32个月/39个月"),
        ("三年以上", "36个月/480个月"),
        ("差一个月就满三年", "35个月"),
        ("差几天三年", "35个月"),
        ("再过俩月就满三年", "34个月"),
        ("三年差俩月", "34个月"),
    ],
)
def test_duration_in_whole_months(text: str, months: str) -> None:
    assert found(text) == [("duration", months)]


@pytest.mark.parametrize(
    "text", ["3年级", "几年", "第三年", "每三年一次", "一年内申请", "五年期合同", "年年", "3月", ""]
)
def test_no_duration(text: str) -> None:
    assert "duration" not in dict(found(text))


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("2017年1月1日", "2017-01-01"),
        ("2017-01-01", "2017-01-01"),
        ("2017.1", "2017-01-01/2017-01-31"),
        ("二〇二六年九月", "2026-09-01/2026-09-30"),
        ("一七年五月", "2017-05-01/2017-05-31"),
        ("零九年", "2009-01-01/2009-12-31"),
        ("16年底", "2016-12-01/2016-12-31"),
        ("去年", "2025-01-01/2025-12-31"),
        ("大前年", "2023-01-01/2023-12-31"),
        ("去年年底", "2025-12-01/2025-12-31"),
        ("年底", "2025-12-01/2025-12-31"),
        ("等年底", "2026-12-01/2026-12-31"),
        ("今年三月", "2026-03-01/2026-03-31"),
        ("去年11月23号", "2025-11-23"),
        ("去年国庆", "2025-10-01"),
        ("八月份", "2026-08-01/2026-08-31"),
        ("12月", "2025-12-01/2025-12-31"),
        ("6月8号", "2026-06-08"),
        ("五一", "2026-05-01"),
        ("上半年", "2026-01-01/2026-06-30"),
        ("春天", "2026-03-01/2026-05-31"),
        ("去年冬天", "2025-11-01/2026-02-28"),
        ("七月底", "2026-07-21/2026-07-31"),
        ("年初", "2026-01-01/2026-02-28"),
        ("2017年以前", "1970-01-01/2016-12-31"),
        ("2017年以后", "2017-01-01/2026-11-22"),
        ("上个月", "2026-10-01/2026-10-31"),
        ("大上个月", "2026-09-01/2026-09-30"),
        ("上月十五号", "2026-10-15"),
        ("这个月10号", "2026-11-10"),
        ("月底", "2026-11-21/2026-11-30"),
        ("上礼拜", "2026-11-09/2026-11-15"),
        ("上周五", "2026-11-13"),
        ("昨儿个", "2026-11-21"),
        ("前天", "2026-11-20"),
        ("十天前", "2026-11-12"),
        ("一个礼拜前", "2026-11-12/2026-11-18"),
        ("两个月前", "2026-08-22/2026-10-22"),
        ("半年前", "2026-04-22/2026-06-22"),
        ("一年半以前", "2025-04-22/2025-06-22"),
        ("三年前", "2023-05-22/2024-05-22"),
        ("刚拿", "2026-10-23/2026-11-22"),
        ("前几天", "2026-11-12/2026-11-20"),
        ("明年", "2027-01-01/2027-12-31"),
        ("下个月", "2026-12-01/2026-12-31"),
    ],
)
def test_date_is_a_range_of_days(text: str, days: str) -> None:
    assert ("date", days) in found(text)


@pytest.mark.parametrize("text", ["2月30号", "13个月", "2017", "刚下岗", "36年", "给上年金", ""])
def test_no_date(text: str) -> None:
    assert "date" not in dict(found(text))


@pytest.mark.parametrize("text", ["1" * 2000, "一二" * 1000, "1" + "0" * 60 + "多块", "9" * 40 + "年前", "0元"])
def test_what_nobody_means_is_no_figure(text: str) -> None:
    assert found(text) == []


def test_two_digits_are_a_year_and_a_duration() -> None:
    assert found("15年") == [("date", "2015-01-01/2015-12-31"), ("duration", "180个月")]


def test_named_date_outweighs_a_recent_one() -> None:
    vague = [span.vague for span in spans.find("上个月刚拿", TODAY)]

    assert vague == [False, True]


@pytest.mark.parametrize(
    ("text", "yuan"),
    [
        ("八千块", ["8000元"]),
        ("一块儿", []),
        ("8k", ["8000元"]),
        ("3k5", ["3500元"]),
        ("1.2万", ["12000元"]),
        ("1万2", ["12000元"]),
        ("3,000元", ["3000元"]),
        ("六七千", ["6000元/7000元"]),
        ("三千多", ["3001元/3999元"]),
        ("不到四千", ["3000元/3999元"]),
        ("一万出头", ["9500元/10500元"]),
        ("6500左右", ["6175元/6825元"]),
        ("工资从八千降到四千", ["8000元", "4000元"]),
        ("6800砍成3200", ["6800元", "3200元"]),
        ("七千二一下子掉到三千", ["7200元", "3000元"]),
        ("三千人", []),
        ("一千多天", []),
        ("2017", []),
        ("12号", []),
    ],
)
def test_amount_in_yuan(text: str, yuan: list[str]) -> None:
    assert [written for kind, written in found(text) if kind == "amount"] == yuan


@pytest.mark.parametrize(
    ("text", "fall"),
    [
        ("49%", "49%"),
        ("百分之五十", "50%"),
        ("降了一半", "50%"),
        ("砍半", "50%"),
        ("腰斩", "50%"),
        ("三成", "30%"),
        ("三成半", "35%"),
        ("四成九", "49%"),
        ("降了四成多", "41%/49%"),
        ("不到一半", "41%/49%"),
        ("三分之一", "33.3%"),
        ("打七折", "30%"),
        ("打七五折", "25%"),
        ("只剩四成", "60%"),
        ("降到原来的三成", "70%"),
        ("开六成", "40%"),
        ("少开六成", "60%"),
    ],
)
def test_percentage_is_what_is_gone(text: str, fall: str) -> None:
    assert found(text) == [("percent", fall)]


@given(st.text() | st.text(alphabet=FIGURES, max_size=24), st.dates(date(2000, 1, 1), date(2100, 12, 31)))
def test_any_text_has_ordered_figures_inside_it(text: str, today: date) -> None:
    normal = normalise(text)

    for span in spans.find(normal, today):
        value = parse(Slot(title="", kind=Kind(span.kind), question=""), span.written)
        assert isinstance(value, Range)
        assert 0 <= span.start < span.end <= len(normal)
