"""Dates by year, month and day: 2017年1月1日, 2017-01, 16年底, 去年八月, 今年上半年, 6月8号, 五一, 2017年以前."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from bot.nlu.numeral import parse
from bot.nlu.spans.days import EARLIEST, Days, months, part_of_month, part_of_year
from bot.nlu.spans.span import Span
from policies_kb.eligibility.rule import Kind

_YEARS_AGO = {
    "大前年": 3,
    "前年": 2,
    "去年": 1,
    "头年": 1,
    "昨年": 1,
    "上年": 1,
    "今年": 0,
    "本年": 0,
    "明年": -1,
    "后年": -2,
}
_ISO = re.compile(r"(?<!\d)((?:19|20)\d\d)[-./](\d{1,2})(?!\d)(?:[-./](\d{1,2})(?!\d))?")
_YEAR = re.compile(
    r"(?<![\d.])(?P<digits>(?:19|20)?\d\d)年(?!级|代|制|期)"
    r"|(?<![零〇一二三四五六七八九十百])(?P<han>(?:[一二][零〇九])?[零〇一二七八九][零〇一二三四五六七八九])年(?!级|代|制|期)"
    rf"|(?P<ago>{'|'.join(_YEARS_AGO)})(?!金)"
)
_NUMBER = "[0-9一二三四五六七八九十]{1,3}"
_REST = re.compile(
    r"(?<![\d一二三四五六七八九十])(?P<month>1[0-2]|0?[1-9]|十[一二]?|[一二三四五六七八九])月(?:份)?的?"
    rf"(?:(?P<day>{_NUMBER})(?:[日号]|(?![\d一二三四五六七八九十年个月])(?=[拿考发取领的]))|(?P<third>[底末初]|[上中下]旬))?"
    "|(?P<part>年[底末尾根初中]|[上下前后]半年|开春|春[天季]|入夏|夏[天季]|入秋|秋[天季]|入冬|冬[天季]|春节|过年"
    "|元旦|五一|国庆|十一(?=那天|期间|前后|长假|假期|放假|节))"
    "|(?P<end>(?<=年)[底末初中])"
)
_TO_COME = re.compile("(?:那|等|等到|到了)$")
_OPEN = re.compile("(?P<before>以前|之前|前(?![年天]))|以后|之后|往后|起")


def find(text: str, today: date) -> list[Span]:
    """The dates of a normalised text; a month without a year is the last one that has begun, but not behind 等."""
    found: list[Span] = []
    for span in (*_written_in_figures(text, today), *_with_year(text, today), *_without_year(text, today)):
        if not span.overlaps(found):
            found.append(span)
    return found


def _written_in_figures(text: str, today: date) -> Iterator[Span]:
    for match in _ISO.finditer(text):
        year, month = int(match[1]), int(match[2])
        if 1 <= month <= 12 and (days := _month(year, month, match[3], None)):
            yield _span(text, days, match.start(), match.end(), today)


def _with_year(text: str, today: date) -> Iterator[Span]:
    for match in _YEAR.finditer(text):
        year = _year(match, today)
        rest = _REST.match(text, match.end()) or _REST.match(text, match.end() + 1)
        if year is None:
            continue
        if rest and not text[match.end() : rest.start()].strip("的那") and (days := _rest(year, rest)):
            yield _span(text, days, match.start(), rest.end(), today)
        else:
            yield _span(text, months(year, 1, 12), match.start(), match.end(), today)


def _without_year(text: str, today: date) -> Iterator[Span]:
    for match in _REST.finditer(text):
        days = None if match["end"] else _rest(today.year, match)
        if days and days[0] > today and not _TO_COME.search(text, 0, match.start()):
            days = _rest(today.year - 1, match)
        if days:
            yield Span(Kind.DATE, *days, match.start(), match.end())


def _year(match: re.Match[str], today: date) -> int | None:
    """Two digits are a year of this century up to the next one, or of the last century from 70 on."""
    if match["ago"]:
        return today.year - _YEARS_AGO[match["ago"]]
    year = int(match["digits"]) if match["digits"] else int(parse("一" + match["han"])) % 10 ** len(match["han"])
    if year >= 100:
        return year
    if year <= (today.year + 1) % 100:
        return 2000 + year
    return 1900 + year if year >= 70 else None


def _rest(year: int, match: re.Match[str]) -> Days | None:
    if match["month"]:
        return _month(year, int(parse(match["month"])), match["day"], match["third"])
    return part_of_year(year, match["part"] or match["end"])


def _month(year: int, month: int, day: str | None, third: str | None) -> Days | None:
    if third:
        return part_of_month(year, month, third)
    if not day:
        return months(year, month, month)
    try:
        exact = date(year, month, int(parse(day)))
    except ValueError:
        return None
    return exact, exact


def _span(text: str, days: Days, start: int, end: int, today: date) -> Span:
    """The days themselves, or what lies before them or from them on."""
    if not (match := _OPEN.match(text, end)):
        return Span(Kind.DATE, *days, start, end)
    if match["before"]:
        return Span(Kind.DATE, min(EARLIEST, days[0]), days[0] - timedelta(days=1), start, match.end())
    return Span(Kind.DATE, days[0], max(today, days[1]), start, match.end())
