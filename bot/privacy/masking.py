"""Takes what names a person out of a text: telephone, ID-card and bank-card numbers, and openids."""

from __future__ import annotations

import re
import unicodedata

PHONE, IDENTITY, CARD, NUMBER, OPENID = "〔电话〕", "〔身份证号〕", "〔银行卡号〕", "〔号码〕", "〔微信号〕"
PLACES = (PHONE, IDENTITY, CARD, NUMBER, OPENID)
"""What stands in a masked text where something was."""

_APART = r"[ \-\u00a0\u2010-\u2015\u2212.·]?"
_HAN = "零〇一二两三四五六七八九幺"
# The longer ones come first; each may be written in groups.
_NUMBERS = re.compile(
    rf"""
    (?<!\d)
    (?:
      (?P<identity>\d{{6}}{_APART}(?:19|20)\d{{2}}{_APART}\d{{4}}{_APART}\d{{3}}[\dXx]|\d{{17}}[Xx])
    | (?P<card>(?:\d{{4}}{_APART}){{3}}\d{{4}}(?:{_APART}\d{{1,3}})?)
    | (?P<phone>(?:\+?86{_APART}|0086{_APART})?1[3-9]\d{_APART}\d{{4}}{_APART}\d{{4}}
        |(?:\(0\d{{2,3}}\)|0\d{{2,3}}){_APART}[2-9]\d{{6,7}})
    | (?P<number>\d{{11,}}[Xx]?)
    )
    (?!\d)
    |(?P<han>[{_HAN}]{{11,}})
    |(?P<openid>(?<![A-Za-z0-9_\-])o[A-Za-z0-9_\-]{{27}}(?![A-Za-z0-9_\-]))
    """,
    re.VERBOSE,
)
_LONG = re.compile(r"\d{11,}[Xx]?")
_TOLD = {"identity": IDENTITY, "card": CARD, "phone": PHONE, "number": NUMBER, "han": NUMBER, "openid": OPENID}


def masked(text: str) -> str:
    """The text with such numbers replaced by their kind. Hotlines (12351) and figures stay; idempotent."""
    narrow = "".join(map(_narrow, text))
    found = [(match.start(), match.end(), _TOLD[match.lastgroup or "number"]) for match in _NUMBERS.finditer(narrow)]
    for start, end, kind in reversed(found):
        text = text[:start] + kind + text[end:]
    # Whatever the groups above did not take, no run of digits that could be such a number is left.
    narrow = "".join(map(_narrow, text))
    for match in reversed(list(_LONG.finditer(narrow))):
        text = text[: match.start()] + NUMBER + text[match.end() :]
    return text


def _narrow(character: str) -> str:
    """The character in the width and digits that are looked for; always one for one."""
    if character.isdecimal():
        return str(unicodedata.decimal(character))
    narrow = unicodedata.normalize("NFKC", character)
    return narrow if len(narrow) == 1 else character
