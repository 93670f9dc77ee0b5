"""Reads WeChat's flat XML under a guard, and says what text XML can carry.

wechatpy's parse_message is not used: it raises six kinds of exception, lets duplicated fields through, refuses real
messages for a control character, and its pass of xmltodict costs four times as much as this one of ElementTree.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from collections.abc import Mapping

# Real messages carry control characters (\x1d from some keyboards) that no XML parser accepts.
_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_END = re.compile("\r\n?")
# A DOCTYPE can only stand before the root element: where nothing but the XML declaration may, there are no entities.
_ROOT = re.compile(r"\s*(?:<\?xml\s[^<>]*\?>\s*)?(?=<xml[\s>])")


class Malformed(Exception):
    """The body is not a message; the text says why and quotes nothing of it."""


def legal_text(text: str) -> str:
    """The text without the characters that XML cannot carry, its lines ended as an XML parser would end them."""
    return _LINE_END.sub("\n", _ILLEGAL.sub("", text))


def read_fields(body: bytes) -> Mapping[str, str]:
    """The root's fields that hold text alone; raise Malformed for anything that WeChat does not send."""
    try:
        text = legal_text(body.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Malformed("not UTF-8") from None
    start = _ROOT.match(text)
    if start is None:
        raise Malformed("does not begin with the root element <xml>")
    try:
        root = ET.fromstring(text[start.end() :])  # noqa: S314 - No DOCTYPE gets here, so no entity can be declared.
    except ET.ParseError as error:
        raise Malformed(f"not well-formed XML: code {error.code}") from None
    names = [field.tag for field in root]
    # Two readers may each take another one of two equal fields, and so disagree on what was checked.
    if len(set(names)) < len(names):
        raise Malformed("a field is duplicated")
    return {field.tag: field.text or "" for field in root if not len(field)}
