"""Dates by their distance from today: 上个月十五号, 上周五, 昨天, 半年前, 两个多月前, 前几天, 刚拿, 最近."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta
from decimal import Decimal

from bot.nlu.numeral import parse
from bot.nlu.spans.count import COUNT, Range, read
from bot.nlu.spans.days import Days, moved, part_of_month, week
from bot.nlu.spans.days import months as months_of
from bot.nlu.spans.span import Span
from policies_kb.eligibility.rule import Kind

_DAYS_AGO = {"今": 0, "昨": 1, "前": 2, "大前": 3, "明": -1, "后": -2}
_WEEKDAYS = "一二三四五六日天末"
_TURNS = {"大上": -2, "上上": -2, "上": -1, "这": 0, "本": 0, "当": 0, "下": 1}
_FEW = (Decimal(2), Decimal(9))
# From how many to how many days ago.
_VAGUE = {
    "前几天": (10, 2), "前两天": (6, 1), "头几天": (10, 2), "头两天": (6, 1), "这几天": (7, 0), "这两天": (4, 0),
    "前些天": (20, 3), "前些日子": (60, 5), "前阵子": (90, 5), "前一阵": (90, 5), "前段时间": (90, 5), "前一段": (90, 5),
    "前不久": (60, 3), "不久前": (60, 3), "近期": (60, 0), "最近": (60, 0), "近来": (60, 0), "新近": (60, 0),
}  # fmt: skip
_JUST = 30
_DAY = re.compile("(大前|[今昨前明后])(?:天|日|儿个?)(?!起|后)")
_WEEK = re.compile(rf"([大上]上|[上这本下])个?(?:周|礼拜|星期)([{_WEEKDAYS}])?(?!年)")
_MONTH = re.compile(
    r"([大上]上|[上这本当下])个?月份?的?(?:([0-9一二三四五六七八九十]{1,3})[日号]|([底末初]|[上中下]旬))?|(?<!\w)月([底初])"
)
_AGO = re.compile(
    rf"(?P<count>{COUNT})(?P<unit>个?年|个半?月|月|个?(?:礼拜|星期|周)|天|日)(?P<half>半)?多?[以之]?前(?![天年几])"
)
_VAGUELY = re.compile(
    rf"{'|'.join(_VAGUE)}|刚{{1,2}}才?(?=拿|考|取|领|到手|发|得|下来|下的|评下|办下)|才(?=下来|到手|考下|拿到手)"
)


def find(text: str, today: date) -> list[Span]:
    """The dates of a normalised text; what is merely recent counts only where no other date is named."""
    found = list(_exact(text, today))
    ago = ((match, _ago(match, today)) for match in _AGO.finditer(text))
    found += [Span(Kind.DATE, *days, match.start(), match.end()) for match, days in ago if days]
    for match in _VAGUELY.finditer(text):
        most, least = _VAGUE.get(match[0], (_JUST, 0))
        days = today - timedelta(days=most), today - timedelta(days=least)
        found.append(Span(Kind.DATE, *days, match.start(), match.end(), vague=True))
    return found


def _exact(text: str, today: date) -> Iterator[Span]:
    for match in _DAY.finditer(text):
        day = today - timedelta(days=_DAYS_AGO[match[1]])
        yield Span(Kind.DATE, day, day, match.start(), match.end())
    for match in _WEEK.finditer(text):
        weekday = None if match[2] is None else min(6, _WEEKDAYS.index(match[2]))
        yield Span(Kind.DATE, *week(today, _TURNS[match[1]], weekday), match.start(), match.end())
    for match in _MONTH.finditer(text):
        if days := _month(match, today):
            yield Span(Kind.DATE, *days, match.start(), match.end())


def _month(match: re.Match[str], today: date) -> Days | None:
    """月底 by itself is that of last month until this one's has begun."""
    turn = _TURNS[match[1]] if match[1] else -1 if match[4] == "底" and today.day < 21 else 0
    first = moved(today.replace(day=1), turn)
    if third := match[3] or match[4]:
        return part_of_month(first.year, first.month, third)
    if not match[2]:
        return months_of(first.year, first.month, first.month)
    try:
        day = first.replace(day=int(parse(match[2])))
    except ValueError:
        return None
    return day, day


def _ago(match: re.Match[str], today: date) -> Days | None:
    """A count of days is exact; weeks may be half a week off, months one, a year two and years six."""
    low, high = read(match["count"]) or _FEW
    if high > 100:
        return None
    unit = match["unit"]
    if unit in ("天", "日"):
        return today - timedelta(days=int(high)), today - timedelta(days=int(low))
    if "月" not in unit and "年" not in unit:
        return today - timedelta(days=int(high * 7) + 3), today - timedelta(days=max(0, int(low * 7) - 3))
    low, high = _months(low, high, match)
    return moved(today, -int(high)), min(today, moved(today, -int(low)))


def _months(low: Decimal, high: Decimal, match: re.Match[str]) -> Range:
    if "月" in match["unit"]:
        return low - 1, high + 1
    half = 6 if match["half"] else 0
    low, high = low * 12 + half, high * 12 + half
    off = 6 if low > 18 else 2 if low == 12 else 1
    return low - off, high + off
