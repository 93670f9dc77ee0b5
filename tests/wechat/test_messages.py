"""Bodies become messages, and nothing that WeChat does not send becomes one."""

from __future__ import annotations

import xml.etree.ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.fields import Malformed, legal_text
from bot.wechat.messages import (
    Event,
    Image,
    Incoming,
    Link,
    Location,
    Text,
    Unsupported,
    Voice,
    parse,
    text_reply,
)

from .envelopes import PAYLOADS, payload

BODIES = [path.read_bytes() for path in sorted(PAYLOADS.glob("*.xml")) if path.stem != "tencent_safe"]
TEXT = payload("text")


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("text", Text),
        ("text_tapped", Text),
        ("voice", Voice),
        ("image", Image),
        ("link", Link),
        ("location", Location),
        ("video", Unsupported),
        ("shortvideo", Unsupported),
        ("file", Unsupported),
        ("event_subscribe", Event),
        ("event_scancode", Event),
        ("tencent_compatible", Text),
    ],
)
def test_parse_tells_the_kinds_apart(name: str, kind: type[Incoming]) -> None:
    assert type(parse(payload(name))) is kind


def test_parse_reads_a_text() -> None:
    message = parse(TEXT)

    assert message == Text(
        to_user="gh_10f6c3c3ac5a",
        from_user="oyORnuP8q7ou2gfYjqLzSIWZf0rs",
        created=1764915237,
        message_id="24518076431210825",
        key="24518076431210825",
        text="高级技师能延迟退休吗",
    )


def test_parse_reads_an_event() -> None:
    event = parse(payload("event_click_ask"))

    assert isinstance(event, Event)
    assert (event.event, event.event_key, event.message_id) == ("CLICK", "ask:高级技师能延迟退休吗", None)


def test_key_of_an_event_is_the_same_for_each_delivery_and_no_other() -> None:
    body = payload("event_click_ask")
    others = [
        body.replace(b"CLICK", b"VIEW"),
        body.replace(b"ask:", b"ask: "),
        body.replace(b"<CreateTime>17", b"<CreateTime>18"),
    ]

    keys = {parse(other).key for other in (*others, payload("event_click_other"))}

    assert parse(body).key == parse(body).key
    assert len(keys | {parse(body).key}) == 5


def test_key_does_not_tell_the_openid() -> None:
    assert "oyOR" not in parse(payload("event_click_ask")).key


@pytest.mark.parametrize("mark", [b"\x1d", b"\x00", b"\x0b", b"\xef\xbf\xbf"])
def test_parse_drops_illegal_characters(mark: bytes) -> None:
    message = parse(TEXT.replace("延迟".encode(), mark + "延迟".encode() + mark))

    assert isinstance(message, Text)
    assert message.text == "高级技师能延迟退休吗"


@pytest.mark.parametrize("prolog", [b"", b"\xef\xbb\xbf", b"\n", b'<?xml version="1.0" encoding="GBK"?>\n'])
def test_parse_takes_any_prolog_as_utf8(prolog: bytes) -> None:
    assert parse(prolog + TEXT) == parse(TEXT)


def test_parse_takes_a_doctype_that_is_only_quoted() -> None:
    message = parse(TEXT.replace("高级".encode(), b"<!DOCTYPE x [<!ENTITY y>]> &lol; "))

    assert isinstance(message, Text)
    assert message.text.startswith("<!DOCTYPE x")


LAUGHS = b'<!DOCTYPE xml [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;">]>'
MALFORMED = {
    "empty": b"",
    "blank": b" \n",
    "json": b'{"MsgType": "text"}',
    "broken utf-8": TEXT.replace("高".encode(), b"\xff\xfe"),
    "surrogate": TEXT.replace("高".encode(), b"\xed\xa0\xbd"),
    "utf-16": TEXT.decode().encode("utf-16"),
    "wrong root": TEXT.replace(b"<xml>", b"<XML>").replace(b"</xml>", b"</XML>"),
    "no fields": b"<xml></xml>",
    "cut off": TEXT[:-9],
    "trailing": TEXT + b"<xml></xml>",
    "doctype": b"<!DOCTYPE xml>" + TEXT,
    "doctype after declaration": b'<?xml version="1.0"?><!DOCTYPE xml SYSTEM "http://127.0.0.1/x.dtd">' + TEXT,
    "doctype within": TEXT.replace(b"<MsgType>", b"<!DOCTYPE a><MsgType>"),
    "comment before": b"<!-- --><!DOCTYPE a>" + TEXT,
    "billion laughs": LAUGHS + TEXT.replace("高级".encode(), b"]]>&b;<![CDATA["),
    "file": b'<!DOCTYPE xml [<!ENTITY a SYSTEM "file:///etc/passwd">]>' + TEXT.replace(b"<![CDATA[gh", b"&a;<![CDATA["),
    "entity undeclared": TEXT.replace(b"<MsgId>", b"<MsgId>&lol;"),
    "illegal reference": TEXT.replace(b"<MsgId>", b"<MsgId>&#29;"),
    "duplicated MsgType": TEXT.replace(b"</xml>", b"<MsgType>image</MsgType></xml>"),
    "duplicated with fields": TEXT.replace(b"</xml>", b"<Content><a>1</a></Content></xml>"),
    "no MsgType": TEXT.replace(b"MsgType", b"MsgTyp"),
    "empty MsgType": TEXT.replace(b"<![CDATA[text]]>", b""),
    "no sender": TEXT.replace(b"FromUserName", b"From"),
    "no receiver": TEXT.replace(b"ToUserName", b"To"),
    "no time": TEXT.replace(b"CreateTime", b"Time"),
    "no content": TEXT.replace(b"Content", b"Contents"),
    "content with fields": TEXT.replace(b"<Content>", b"<Content><b/>"),
    "time in words": TEXT.replace(b"1764915237", b"today"),
    "time in other digits": TEXT.replace(b"1764915237", "１７".encode()),
    "id too long": TEXT.replace(b"<MsgId>", b"<MsgId>" + b"1" * 5000),
    "id empty": TEXT.replace(b"24518076431210825", b""),
    "sender too long": TEXT.replace(b"oyOR", b"o" * 65),
    "no event": payload("event_view").replace(b"Event>", b"Even>"),
    "unbound prefix": TEXT.replace(b"</xml>", b"<a:b></a:b></xml>"),
    "nested": b"<xml>" + b"<a>" * 10_000 + b"</a>" * 10_000 + b"</xml>",
}


@pytest.mark.parametrize("name", MALFORMED)
def test_parse_refuses(name: str) -> None:
    with pytest.raises(Malformed) as refusal:
        parse(MALFORMED[name])

    assert "高级" not in str(refusal.value)


def parsed_or_refused(body: bytes) -> None:
    try:
        message = parse(body)
    except Malformed:
        return
    assert message.from_user
    assert legal_text(message.from_user) == message.from_user


xmlish = st.lists(
    st.sampled_from(["<xml>", "</xml>", "<MsgType>", "</MsgType>", "text", "<![CDATA[", "]]>", "&a;", "<!DOCTYPE a>"])
    | st.text(max_size=5)
).map(lambda parts: "".join(parts).encode(errors="surrogatepass"))


@given(st.binary() | xmlish | xmlish.map(lambda body: b"<xml>" + body + b"</xml>"))
def test_parse_of_anything_is_a_message_or_malformed(body: bytes) -> None:
    parsed_or_refused(body)


@given(st.sampled_from(BODIES), st.integers(0, 500), st.integers(0, 9), st.binary(max_size=9) | xmlish)
def test_parse_of_a_mutated_body_is_a_message_or_malformed(body: bytes, start: int, gone: int, new: bytes) -> None:
    parsed_or_refused(body[:start] + new + body[start + gone :])


@given(st.text(st.characters()))
def test_text_reply_carries_any_text(text: str) -> None:
    body = text_reply(parse(TEXT), text, 1764915300)

    root = ET.fromstring(body)
    assert [field.tag for field in root] == ["ToUserName", "FromUserName", "CreateTime", "MsgType", "Content"]
    assert (root.findtext("Content") or "") == legal_text(text)


def test_text_reply_cannot_be_broken_out_of() -> None:
    attack = "]]></Content><MsgType>image</MsgType>]]]>"

    root = ET.fromstring(text_reply(parse(TEXT), attack, 1))

    assert root.findtext("Content") == attack
    assert len(root.findall("MsgType")) == 1


def test_text_reply_goes_back_to_the_sender() -> None:
    root = ET.fromstring(text_reply(parse(TEXT), "好", 1764915300))

    assert root.findtext("ToUserName") == "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
    assert root.findtext("FromUserName") == "gh_10f6c3c3ac5a"
    assert root.findtext("CreateTime") == "1764915300"
