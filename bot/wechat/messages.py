"""What WeChat posts as frozen dataclasses, and the XML of a text reply; nothing here does input or output.

wechatpy's reply classes are not used: they do not split "]]>", so that an answer that quotes the worker could carry
XML of his own.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.wechat.fields import Malformed, legal_text, read_fields

_DIGITS = re.compile(r"[0-9]{1,20}")
_MEDIA = re.compile(r"[\w-]{1,128}", re.ASCII)
_LONGEST_NAME = 64  # An openid has 28 characters; stores and logs rely on names being short.


@dataclass(frozen=True, slots=True)
class Incoming:
    """What every message has; `key` is the same for each delivery of one message, and `created` is in Unix seconds."""

    to_user: str
    from_user: str
    created: int
    message_id: str | None
    key: str


@dataclass(frozen=True, slots=True)
class Text(Incoming):
    """Words that the worker typed, or an option that he tapped."""

    text: str


@dataclass(frozen=True, slots=True)
class Voice(Incoming):
    """Speech; `recognition` is WeChat's transcript, as a rule empty since WeChat retired the service."""

    recognition: str
    media_id: str = ""


@dataclass(frozen=True, slots=True)
class Image(Incoming):
    """A picture; WeChat keeps it for three days under `media_id`."""

    media_id: str = ""


@dataclass(frozen=True, slots=True)
class Link(Incoming):
    """An article or page that the worker forwarded."""


@dataclass(frozen=True, slots=True)
class Location(Incoming):
    """A place that the worker picked on the map."""


@dataclass(frozen=True, slots=True)
class Event(Incoming):
    """Something that the worker did to the account: `event` is WeChat's name of it, `event_key` what he did it with."""

    event: str
    event_key: str


@dataclass(frozen=True, slots=True)
class Unsupported(Incoming):
    """A message of any other type: video, file, or one that WeChat has yet to invent."""


_Header: TypeAlias = tuple[str, str, int, "str | None", str]


def parse(body: bytes) -> Incoming:
    """The message that `body` holds; raise Malformed, and nothing else, where it holds none."""
    fields = read_fields(body)
    header = _header(fields)
    match _filled(fields, "MsgType"):
        case "text":
            return Text(*header, _present(fields, "Content"))
        case "voice":
            return Voice(*header, fields.get("Recognition", ""), _media(fields))
        case "image":
            return Image(*header, _media(fields))
        case "link":
            return Link(*header)
        case "location":
            return Location(*header)
        case "event":
            return Event(*header, _filled(fields, "Event"), fields.get("EventKey", ""))
        case _:
            return Unsupported(*header)


def text_reply(incoming: Incoming, text: str, created: int) -> bytes:
    """The XML that answers `incoming` with `text`."""
    return (
        f"<xml><ToUserName>{_cdata(incoming.from_user)}</ToUserName>"
        f"<FromUserName>{_cdata(incoming.to_user)}</FromUserName><CreateTime>{created}</CreateTime>"
        f"<MsgType>{_cdata('text')}</MsgType><Content>{_cdata(legal_text(text))}</Content></xml>"
    ).encode()


def _cdata(text: str) -> str:
    return f"<![CDATA[{text.replace(']]>', ']]]]><![CDATA[>')}]]>"


def _header(fields: Mapping[str, str]) -> _Header:
    sender, created = _name(fields, "FromUserName"), _number(fields, "CreateTime")
    if "MsgId" in fields:
        message_id = str(_number(fields, "MsgId"))
        return _name(fields, "ToUserName"), sender, created, message_id, message_id
    # Events have no MsgId. Keys are compared within a sender only; the digest keeps them short.
    parts = (str(created), *(fields.get(name, "") for name in ("MsgType", "Event", "EventKey", "Content")))
    key = hashlib.sha256("\0".join(parts).encode()).hexdigest()[:32]
    return _name(fields, "ToUserName"), sender, created, None, key


def _present(fields: Mapping[str, str], name: str) -> str:
    if name not in fields:
        raise Malformed(f"{name} is missing")
    return fields[name]


def _media(fields: Mapping[str, str]) -> str:
    """Under which name WeChat keeps a picture or a recording; nothing where that is no name."""
    name = fields.get("MediaId", "")
    return name if _MEDIA.fullmatch(name) else ""


def _filled(fields: Mapping[str, str], name: str) -> str:
    value = _present(fields, name)
    if not value:
        raise Malformed(f"{name} is empty")
    return value


def _name(fields: Mapping[str, str], name: str) -> str:
    value = _filled(fields, name)
    if len(value) > _LONGEST_NAME:
        raise Malformed(f"{name} is longer than {_LONGEST_NAME} characters")
    return value


def _number(fields: Mapping[str, str], name: str) -> int:
    value = _present(fields, name).strip()
    if not _DIGITS.fullmatch(value):
        raise Malformed(f"{name} is not a number")
    return int(value)
