"""Spans of time in whole months: 5年, 三年半, 2年11个月, 三年多, 快三年, 差一个月满三年, 三四年, 俩月."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.nlu.spans.count import COUNT, Range, read
from bot.nlu.spans.span import Span
from policies_kb.eligibility.rule import Kind

LONGEST = 720
"""Sixty years: what is longer is a year of the calendar."""

_WORKING_LIFE, _YEAR = Decimal(480), Decimal(12)
_UNDER_AHEAD = "快|快要|快到|快满|不到|差点|差一点|差点到|差点满|将近|接近|小|不足|不满|没到|没满|未满|不够|没够|马上|马上就|眼瞅|眼看|马上满"
_UNDER_BEHIND = "不到|都不到|还不到|没到|都没到|还没到|不满|没满|还没满|不够|都不够|都没有|还差点|差点|差一点"
_OVER = "超过|不止|至少|起码|少说|不下|不少于|以上|往上|开外|还多|有余|挂零|打不住"
_ABOUT = "大概|大约|约|差不多|左右|上下"
_MORE = "多|出头|大"
# What a calendar year, a school year or a rule's period has behind it; 三年前 is a date.
_NO_SPAN = "级|代|前|以前|之前|底|初|末|后|以后|之后|内|以内|之内|度|金|终|龄|薪|轻|检|审|期|制|会|报|[一两]?[次回届]"
_SPAN = re.compile(
    rf"(?<![第每\d.一二三四五六七八九十百千万])(?P<ahead>{_UNDER_AHEAD}|{_OVER}|{_ABOUT}|大)?(?:满|够|要|有|整整?|足足)*"
    rf"(?![0零〇])(?:(?P<years>{COUNT})个?年头?(?P<half>半)?(?P<more>多)?(?:[零又加带]?(?P<and>{COUNT})个月)?"
    rf"|(?P<months>{COUNT})个[半多来]*月|(?P<pair>[俩仨两])月)(?!{_NO_SPAN})"
    rf"(?P<behind>{_UNDER_BEHIND}|{_OVER}|{_ABOUT}|多|出头)?"
)
_SHORT = re.compile(
    rf"(?:差|再过|再交|再缴|再有)(?P<less>{COUNT})(?:个?(?P<month>月)|[天日]|个?(?:礼拜|星期|周))[就才不到满够没]*(?P<of>{COUNT})年"
    rf"|(?P<whole>{COUNT})年[还就才只]*差(?P<lack>{COUNT})(?:个?(?P<moon>月)|[天日]|个?(?:礼拜|星期|周))"
)
_UNDER_WORDS = frozenset(f"{_UNDER_AHEAD}|{_UNDER_BEHIND}".split("|"))
_OVER_WORDS, _ABOUT_WORDS, _MORE_WORDS = (frozenset(words.split("|")) for words in (_OVER, _ABOUT, _MORE))


def find(text: str) -> list[Span]:
    """The spans of time of a normalised text; 几年 says nothing and is none."""
    if not ("年" in text or "月" in text):
        return []
    found = [_span(match, _lacking(match)) for match in _SHORT.finditer(text)]
    for match in _SPAN.finditer(text):
        span = _span(match, _stated(match))
        if span and not span.overlaps(filter(None, found)):
            found.append(span)
    return [span for span in found if span]


def _span(match: re.Match[str], months: Range | None) -> Span | None:
    if months is None or months[1] > LONGEST:
        return None
    low, high = (Decimal(int(end)) for end in months)
    return Span(Kind.DURATION, low, high, match.start(), match.end())


def _lacking(match: re.Match[str]) -> Range | None:
    """三年差一个月; what lacks but days lacks the last month."""
    whole, less = read(match["of"] or match["whole"]), read(match["less"] or match["lack"])
    if whole is None:
        return None
    high = whole[0] * _YEAR
    if not (match["month"] or match["moon"]) or less is None:
        return max(Decimal(0), high - 1), max(Decimal(0), high - 1)
    return max(Decimal(0), high - less[1]), max(Decimal(0), high - less[0])


def _stated(match: re.Match[str]) -> Range | None:
    count = read(match["years"] or match["months"] or match["pair"])
    if count is None:
        return None
    low, high = count
    if match["years"]:
        more = read(match["and"]) if match["and"] else (Decimal(0), Decimal(0))
        half = 6 if match["half"] else 0
        low, high = (end * _YEAR + half + (extra[0] if extra else 0) for end, extra in ((low, more), (high, more)))
    words = {match["ahead"], match["more"], match["behind"]}
    return _roughly(low, high, words, to_the_year=bool(match["years"] and not match["and"]))


def _roughly(low: Decimal, high: Decimal, words: set[str | None], *, to_the_year: bool) -> Range:
    """快三年 is two years and some; 三年多 is up to a month short of four; 多 of a month is still that month."""
    if words & _UNDER_WORDS:
        return (low - _YEAR if low >= _YEAR else Decimal(0)), max(Decimal(0), high - 1)
    if words & _MORE_WORDS:
        return (low + 1, (high // _YEAR + 1) * _YEAR - 1) if to_the_year else (low, high)
    if words & _OVER_WORDS:
        return low, max(high, _WORKING_LIFE)
    if words & _ABOUT_WORDS:
        return low * Decimal("0.9"), high * Decimal("1.1")
    return low, high
