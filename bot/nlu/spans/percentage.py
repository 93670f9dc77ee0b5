"""By how many percent something fell: 49%, 百分之五十, 四成多, 一半, 腰斩, 打七折, 只剩四成."""

from __future__ import annotations

import re
from decimal import Decimal

from bot.nlu.numeral import parse
from bot.nlu.spans.count import COUNT, Range, read
from bot.nlu.spans.span import Span
from policies_kb.eligibility.rule import Kind

_WHOLE, _HALF, _ALMOST, _TENTH = Decimal(100), Decimal(50), Decimal(10), Decimal(10)
_UNDER = "不到|快|将近|接近|差点|没到|不足|不够|差不多"
_PERCENTAGE = re.compile(
    # What is left over, not what is gone: 只剩四成, 降到一半, 按七成发.
    rf"(?P<left>(?:剩|到|成了|按|(?<!少)(?:发|开|拿|给))(?:了|下|原来的|原先的|以前的)*)?(?P<under>{_UNDER})?"
    rf"(?:(?P<percent>{COUNT})%|百分之(?P<hundredth>{COUNT})|(?P<tenth>{COUNT})成(?P<hundredths>半|[一二三四五六七八九])?"
    rf"|打(?:了)?(?P<rebate>{COUNT})折|(?P<part>[二三四五])分之(?P<of>[一二三四])"
    r"|(?P<most>一大半|一多半|大半|多半(?!是))|(?P<half>一半|对半|对折|腰斩|减半|砍半|折半))(?P<more>还?多)?(?P<behind>不到|都不到|左右)?"
)
_SIGN = re.compile("[%分成折半斩]")
_DIGIT = {"一": 1, "二": 2, "三": 3, "四": 4, "五": 5}


def find(text: str) -> list[Span]:
    """The percentages of a normalised text, each as what is gone; 只剩四成 is 60."""
    if not _SIGN.search(text):
        return []
    found = []
    for match in _PERCENTAGE.finditer(text):
        share = _share(match)
        if share is None or share[1] > _WHOLE:
            continue
        low, high = _roughly(match, *share)
        if match["left"] or match["rebate"]:
            low, high = _WHOLE - high, _WHOLE - low
        found.append(Span(Kind.PERCENT, max(Decimal(0), low), min(_WHOLE, high), match.start(), match.end()))
    return found


def _share(match: re.Match[str]) -> Range | None:
    if match["most"]:
        return _HALF + 1, _HALF + 4 * _ALMOST
    if match["half"]:
        return _HALF, _HALF
    if match["part"]:
        share = round(_WHOLE * _DIGIT[match["of"]] / _DIGIT[match["part"]], 1)
        return share, share
    if match["rebate"]:
        return _rebate(match["rebate"])
    if match["tenth"]:
        tenths = read(match["tenth"])
        more = 5 if match["hundredths"] == "半" else parse(match["hundredths"] or "0")
        return (tenths[0] * _TENTH + more, tenths[1] * _TENTH + more) if tenths else None
    return read(match["percent"] or match["hundredth"])


def _rebate(text: str) -> Range | None:
    """七折 leaves 70 percent, 七五折 75."""
    count = read(text)
    return count and (count[0] * (1 if count[0] > 10 else _TENTH), count[1] * (1 if count[1] > 10 else _TENTH))


def _roughly(match: re.Match[str], low: Decimal, high: Decimal) -> Range:
    """Within a tenth of the whole, as people round."""
    if match["more"]:
        return low + 1, low + _ALMOST - 1
    if match["behind"] == "左右" or match["under"] == "差不多":
        return low - _ALMOST / 2, high + _ALMOST / 2
    return (low - _ALMOST + 1, high - 1) if match["under"] or match["behind"] else (low, high)
