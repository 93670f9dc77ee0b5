"""A wording as it is read aloud: figures become words, by rule; 3000元 is 三千元, 12333 is said digit by digit."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from bot.replies.numeral import decimal, digits, whole

_TWO_IS_LIANG = "元块万千百亿年天周岁倍人次个项所条家件位名份张种批本门类间户小分"
"""Before these 2 is 两; 2月, 2日, 2级 and 第2条 stay 二."""
_UNITS = _TWO_IS_LIANG + "月日号级等届%‰折"
_WIDE = re.compile("[０-９％．－／]")
_NO = r"(?<![\dA-Za-z.])"
_END = r"(?![\dA-Za-z])"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_DATE = re.compile(_NO + r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})" + _END)
_CALLED = re.compile(r"(?<=[打拨线话码])([:：]?\s*)(\d[\d-]+\d)" + _END + rf"(?![{_UNITS}])")
_NUMBERS = r"1[3-9]\d{9}|0\d{2,3}-?\d{7,8}|[48]00-?\d{3}-?\d{4}|12[1-3]\d\d|100(?:00|10|86)|9[56]\d{3}"
_PHONE = re.compile(_NO + rf"(?:{_NUMBERS}|(?!\d+0000{_END})\d{{7,}}){_END}(?![.,]\d|[{_UNITS}])")
_RANGE = re.compile(rf"(?<=[\d{_UNITS}])\s*(?:[-–~～]|(?<!—)—(?!—))\s*(?=[\d零一二三四五六七八九十两])")
_NAME = re.compile(r"(?<=[“‘\"])\d{3,}(?=[”’\"])")
_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?=年|到(?:19|20)\d\d年|[〕\]])")
_TIME = re.compile(_NO + r"([01]?\d|2[0-4])[:：]([0-5]\d)" + _END)
_SHARE = re.compile(rf"({_NUMBER})(?:%|‰)")
_FRACTION = re.compile(_NO + r"(\d{1,2})/(\d{1,3})" + _END)
_MONEY = re.compile(rf"[¥￥]\s*({_NUMBER})([万亿]?)(?!元)")
_EACH = re.compile(r"(?<=[元%])/(?=[人月年天日次户]|小时|学期)")
_ANY = re.compile(rf"(第?){_NO}({_NUMBER})(?![A-Za-z])(?=(.?))")

_RULES: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], str]], ...] = (
    (_DATE, lambda match: f"{digits(match[1])}年{whole(int(match[2]))}月{whole(int(match[3]))}日"),
    (_CALLED, lambda match: match[1] + digits(match[2], phone=True)),
    (_PHONE, lambda match: digits(match[0], phone=True)),
    (_RANGE, lambda match: "到"),
    (_NAME, lambda match: digits(match[0])),
    (_YEARS, lambda match: digits(match[1])),
    (_TIME, lambda match: _time(int(match[1]), match[2])),
    (_EACH, lambda match: "每"),
    (_SHARE, lambda match: ("百" if match[0][-1] == "%" else "千") + "分之" + decimal(match[1])),
    (_FRACTION, lambda match: f"{whole(int(match[2]))}分之{whole(int(match[1]))}"),
    (_MONEY, lambda match: _counted(match[1], match[2] or "元") + match[2] + "元"),
    (_ANY, lambda match: match[1] + (decimal(match[2]) if match[1] else _counted(match[2], match[3]))),
)


def spoken(text: str) -> str:
    """The text as an agent says it; letters with digits (A4) and what is not a figure stay as they are."""
    text = _WIDE.sub(lambda match: unicodedata.normalize("NFKC", match[0]), text)
    for pattern, said in _RULES:
        text = pattern.sub(said, text)
    return text


def _counted(number: str, unit: str) -> str:
    """A number before its unit."""
    return "两" if number == "2" and unit and unit in _TWO_IS_LIANG else decimal(number)


def _time(hour: int, minute: str) -> str:
    if minute == "00":
        return f"{whole(hour)}点"
    return f"{whole(hour)}点{digits(minute) if minute[0] == '0' else whole(int(minute))}分"
