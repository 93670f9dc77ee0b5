"""Numbers in Chinese words."""

from __future__ import annotations

_DIGITS = "零一二三四五六七八九"
_PLACES = ((1000, "千"), (100, "百"), (10, "十"))


def digits(text: str, *, phone: bool = False) -> str:
    """Digit by digit, as years are read; on the telephone 1 is 幺, since 一 sounds like 七. Marks between are a pause."""
    said = "".join(_DIGITS[int(one)] if one.isdecimal() else "，" for one in text)
    return said.replace("一", "幺") if phone else said


def decimal(text: str) -> str:
    """3000, 3,000 or 1.5 in words."""
    number, point, fraction = text.replace(",", "").partition(".")
    if len(number) > 1 and number[0] == "0":
        return digits(number)
    return whole(int(number)) + ("点" + digits(fraction) if point else "")


def whole(number: int) -> str:
    """A number below 10^16 in words; above, digit by digit."""
    if number >= 10**16:
        return digits(str(number))
    if number == 0:
        return _DIGITS[0]
    said = ""
    for value, unit in ((10**8, "亿"), (10**4, "万"), (1, "")):
        part, number = divmod(number, value)
        if part:
            # A gap between the parts is heard once: 100050 is 十万零五十.
            gap = _DIGITS[0] if said and part < 1000 else ""
            said += gap + (whole(part) if part >= 10**4 else _below_ten_thousand(part, unit, first=not said)) + unit
    return said


def _below_ten_thousand(number: int, unit: str, *, first: bool) -> str:
    if number == 2 and unit:
        return "两"
    said, gap = "", False
    for value, place in _PLACES:
        digit, number = divmod(number, value)
        if digit:
            said += (_DIGITS[0] if gap and said else "") + _placed(digit, place, first=first and not said) + place
            gap = False
        else:
            gap = bool(said)
    if number:
        said += (_DIGITS[0] if gap else "") + _DIGITS[number]
    return said


def _placed(digit: int, place: str, *, first: bool) -> str:
    """The digit before 千, 百 or 十: 两千, 两百 at the beginning, and 十 alone for ten."""
    if place == "十" and first and digit == 1:
        return ""
    return "两" if digit == 2 and (place == "千" or (place == "百" and first)) else _DIGITS[digit]
