"""Wordings as they are read aloud."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as any_

from bot.nlu.numeral import parse
from bot.replies.numeral import whole
from bot.replies.spoken import spoken
from policies_kb.answer import topic_wording
from policies_kb.model import KnowledgeBase


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("补贴3000元", "补贴三千元"),
        ("3,000元", "三千元"),
        ("３０００元", "三千元"),
        ("￥3000，¥2万", "三千元，两万元"),
        ("1.5万元", "一点五万元"),
        ("0.05", "零点零五"),
        ("2万元、2000元、200元、220元、2200元、22000元", "两万元、两千元、两百元、两百二十元、两千二百元、两万两千元"),
        ("2人2个月2年2周岁", "两人两个月两年两周岁"),
        ("2月2日，2级，第2条", "二月二日，二级，第二条"),
        ("10人、12人、20人、110人、1005元", "十人、十二人、二十人、一百一十人、一千零五元"),
        ("10500元，100050元，1000000元，200000000元", "一万零五百元，十万零五十元，一百万元，两亿元"),
        ("50%，1.5％，5‰", "百分之五十，百分之一点五，千分之五"),
        ("10%-20%", "百分之十到百分之二十"),
        ("1-3年，5～10人，第1—3条", "一到三年，五到十人，第一到三条"),
        ("2017年11月30日", "二零一七年十一月三十日"),
        ("2017-11-30，2018/1/1", "二零一七年十一月三十日，二零一八年一月一日"),
        ("2019—2020年，〔2017〕15号", "二零一九到二零二零年，〔二零一七〕十五号"),
        ("9:00-17:30，8:05", "九点到十七点三十分，八点零五分"),
        ("请打12333问", "请打幺二三三三问"),
        ("热线12351（工作日）", "热线幺二三五幺（工作日）"),
        ("拨打110", "拨打幺幺零"),
        ("电话：0451-87654321", "电话：零四五幺，八七六五四三二幺"),
        ("手机13800001111，400-123-4567", "手机幺三八零零零零幺幺幺幺，四零零，幺二三，四五六七"),
        ("12333元、12000人", "一万两千三百三十三元、一万两千人"),
        ("2/3", "三分之二"),
        ("3000元/月，2元/人", "三千元每月，两元每人"),
        ("第9条——不变", "第九条——不变"),
        ("A4纸，gh123，2017", "A4纸，gh123，两千零一十七"),
        ("007", "零零七"),
        ("“98113”计划", "“九八一一三”计划"),
        ("没有数字，也不变。{请填写:金额}", "没有数字，也不变。{请填写:金额}"),
    ],
)
def test_figures_are_said(written: str, said: str) -> None:
    assert spoken(written) == said


@given(any_.integers(0, 99_999_999))
def test_number_that_is_said_is_the_number(number: int) -> None:

    assert parse(whole(number)) == number


@given(any_.text("0123456789０９.,-/%：:年月日元人万第电话—～ A", max_size=40))
def test_anything_can_be_said(text: str) -> None:
    spoken(text)


def test_number_beyond_all_money_is_said_digit_by_digit() -> None:
    assert whole(10**16) == "一" + "零" * 16


def test_no_shipped_wording_keeps_a_figure(shipped: KnowledgeBase) -> None:
    left = {
        topic.id
        for topic in shipped.topics.values()
        if any(one.isdigit() for one in spoken(topic_wording(shipped, topic, topic.hotline, {})))
    }

    assert left == set()
