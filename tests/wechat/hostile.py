"""Inputs that no WeChat sends, made by rule: each way to break a message, in each mode; by name."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from dataclasses import dataclass, field

from . import envelopes
from .envelopes import STAMP, payload, query, sha1_of

SECRET = "oyORnuP8q7ou2gfYjqLzSIWZf0rs"
"""Whoever wrote it; no refusal may repeat him."""

_TEXT = payload("text")
_FIELDS = ("ToUserName", "FromUserName", "CreateTime", "MsgType", "Content", "MsgId")
_LIMIT = 128 * 1024


@dataclass(frozen=True, slots=True)
class Hostile:
    """A request and how it may be met: by an `answer`, as an odd message of a worker is, or by a refusal only."""

    name: str
    body: bytes
    query: dict[str, str]
    headers: dict[str, str] = field(default_factory=dict)
    answer: bool = False


def plain() -> Iterator[Hostile]:
    """For an account in plaintext mode."""
    for name, body in _malformed():
        yield Hostile(name, body, query())
    for name, body in _odd():
        yield Hostile(name, body, query(), answer=True)
    for name, params in _forged():
        yield Hostile(name, _TEXT, params)
    for name, body in _compressed():
        yield Hostile(name, body, query(), {"Content-Encoding": "gzip"})


def safe() -> Iterator[Hostile]:
    """For an account in safe mode: the same sealed, the same as envelopes, and broken seals."""
    for name, body in _malformed():
        sealed, params = envelopes.envelope(envelopes.seal(body))
        yield Hostile(f"sealed {name}", sealed, params)
        yield Hostile(f"envelope {name}", body, query(encrypt_type="aes", msg_signature=envelopes.TENCENT_SIGNATURE))
    for name, body in _odd():
        sealed, params = envelopes.envelope(envelopes.seal(body))
        yield Hostile(f"sealed {name}", sealed, params, answer=True)
    for forgery, params in _forged():
        sealed, right = envelopes.envelope(envelopes.seal(_TEXT))
        kept = {name: right[name] for name in ("encrypt_type", "msg_signature")}
        yield Hostile(f"sealed {forgery}", sealed, {**kept, **params})
    yield from _broken_seals()


def _malformed() -> Iterator[tuple[str, bytes]]:
    yield from _entities()
    yield from _structures()
    for name in _FIELDS:
        start, end = f"<{name}>".encode(), f"</{name}>".encode()
        before, _, rest = _TEXT.partition(start)
        inside, _, after = rest.partition(end)
        # Without a MsgId a text is known by its sender and time, and an empty text is one.
        if name != "MsgId":
            yield f"{name} missing", before + after
            yield f"{name} nested", before + start + b"<a>" + inside + b"</a>" + end + after
        if name not in ("Content", "MsgId"):
            yield f"{name} empty", before + start + end + after
        yield f"{name} twice", before + (start + inside + end) * 2 + after
        yield f"{name} not closed", before + start + inside + after
        if name in ("CreateTime", "MsgId"):
            for number in (b"-1", b"1e9", b"0x10", b"9" * 400, "１２x".encode(), b"NaN", b"1;DROP TABLE exchange"):
                yield f"{name} is {number[:9].decode()}", before + start + number + end + after
        if name in ("ToUserName", "FromUserName"):
            yield f"{name} endless", before + start + b"o" * 5000 + end + after
    for cut in range(12, len(_TEXT) - 8, max(len(_TEXT) // 24, 1)):
        yield f"cut after {cut}", _TEXT[:cut]
    for name, broken in (
        ("latin", b"\xe9\xff"),
        ("lone", b"\xed\xa0\x80"),
        ("overlong", b"\xc0\xaf"),
        ("cut", b"\xe5\xb7"),
    ):
        yield f"utf-8 {name}", _TEXT.replace("高级".encode(), broken)


def _entities() -> Iterator[tuple[str, bytes]]:
    inside = _TEXT.replace("<![CDATA[高级技师能延迟退休吗]]>".encode(), b"&a;")
    laughs = b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 10))
    doctypes = {
        "billion laughs": b'<!DOCTYPE xml [<!ENTITY a0 "ha">' + laughs + b'<!ENTITY a "&a9;">]>',
        "quadratic": b'<!DOCTYPE xml [<!ENTITY a "' + b"a" * 50_000 + b'">]>',
        "recursive": b'<!DOCTYPE xml [<!ENTITY a "&b;"><!ENTITY b "&a;">]>',
        "internal": b'<!DOCTYPE xml [<!ENTITY a "b">]>',
        "empty": b"<!DOCTYPE xml>",
        "external subset": b'<!DOCTYPE xml SYSTEM "http://127.0.0.1:9/a.dtd">',
        "public": b'<!DOCTYPE xml PUBLIC "-//W3C//DTD" "http://127.0.0.1:9/a.dtd">',
    }
    for place in (b"file:///etc/passwd", b"file:///proc/self/environ", b"http://127.0.0.1:9/a", b"php://filter/read=a"):
        doctypes[f"external {place.decode()}"] = b'<!DOCTYPE xml [<!ENTITY a SYSTEM "' + place + b'">]>'
        doctypes[f"parameter {place.decode()}"] = b'<!DOCTYPE xml [<!ENTITY % p SYSTEM "' + place + b'">%p;]>'
    for name, doctype in doctypes.items():
        yield f"entity {name}", doctype + inside
    yield "entity undeclared", inside


def _structures() -> Iterator[tuple[str, bytes]]:
    deep = 20_000
    yield "nested deeply", b"<xml>" + b"<a>" * deep + b"</a>" * deep + b"</xml>"
    yield "nested and open", b"<a>" * (_LIMIT // 3 - 1)
    yield "oversize", _TEXT.replace("高级".encode(), b"a" * _LIMIT)
    yield "oversize and no XML", b"<" * (_LIMIT + 1)
    yield "two roots", _TEXT + _TEXT
    yield "behind the root", _TEXT + b"<script/>"
    yield "before the root", b"a" + _TEXT
    yield "other root, text only", b"<html>hello</html>"
    yield "utf-16", _TEXT.decode().encode("utf-16")
    texts = (
        b"",
        b" ",
        b"\0",
        b"\0" * 1000,
        b"null",
        b"[]",
        b'{"MsgType":"text"}',
        b"<",
        b"<xml",
        b"<xml/>",
        b"<xml></xml>",
    )
    for number, text in enumerate((*texts, b"<!--", b"<![CDATA[", b"]]>", b"&", b"<?xml?>", bytes(range(256)))):
        yield f"no message {number}", text


def _odd() -> Iterator[tuple[str, bytes]]:
    """What a worker could have typed, however strange."""
    words = "高级技师能延迟退休吗"
    strange = [
        "\u202e",
        "\ufeff",
        "\u200b" * 500,
        "\U0001f4a9" * 300,
        "Z͑ͫ̓" * 200,
        "a" * 60_000,
        "%s%n{0}${x}#{y}",
        "' OR 1=1 --",
    ]
    strange += [
        "<b>&amp;</b>",
        "../../etc/passwd",
        "{{7*7}}",
        "\r\nSet-Cookie: a=b",
        "]]]]><![CDATA[>",
        "依据:《假文件》第1条",
    ]
    for number, text in enumerate(strange):
        yield f"odd text {number}", _TEXT.replace(words.encode(), text.encode())
    for code in (*range(1, 9), 11, 12, *range(14, 32), 0x7F):
        yield f"control character {code}", _TEXT.replace("延迟".encode(), bytes([code]) + "延迟".encode())
    yield "attributes", b"<xml " + b" ".join(b'a%d="1"' % n for n in range(8000)) + b">" + _TEXT[5:]
    yield "declared utf-7", b'<?xml version="1.0" encoding="utf-7"?>' + _TEXT
    yield "declared nonsense", b'<?xml version="1.0" encoding="nonsense"?>' + _TEXT
    for kind in ("video", "TEXT", "text2", "__class__", "a" * 200):
        yield f"type {kind[:9]}", _TEXT.replace(b"<![CDATA[text]]>", b"<![CDATA[" + kind.encode() + b"]]>")


def _forged() -> Iterator[tuple[str, dict[str, str]]]:
    right = query()
    for name in right:
        yield f"without {name}", {key: value for key, value in right.items() if key != name}
        yield f"empty {name}", {**right, name: ""}
        yield f"other {name}", {**right, name: right[name][:-1] + "x"}
    for number, wrong in enumerate(
        ("0" * 40, "签名", right["signature"].upper() + " ", "\x00", "a" * 8000, "' OR '1'='1")
    ):
        yield f"forged {number}", {**right, "signature": wrong}
    yield "signed with another token", query("other")
    yield "signed with no token", {**right, "signature": sha1_of("", STAMP, right["nonce"])}
    yield "replayed with another time", {**right, "timestamp": str(int(STAMP) + 1)}
    yield "replayed with another nonce", {**right, "nonce": "1"}


def _broken_seals() -> Iterator[Hostile]:
    sealed = envelopes.seal(_TEXT)
    ciphertexts = {
        "another app id": envelopes.seal(_TEXT, app_id="wx0000000000000000"),
        "no app id": envelopes.seal(_TEXT, app_id=""),
        "another key": envelopes.seal(_TEXT, key="Z" * 43),
        "no base64": "****",
        "no whole block": sealed[:-8],
        "first block gone": sealed[64:],
        "length beyond the end": envelopes.encrypted(bytes(16) + b"\xff\xff\xff\xff" + bytes(12)),
        "padding of zero": envelopes.encrypted(bytes(64)),
        "padding beyond the end": envelopes.encrypted(bytes(31) + b"\xff"),
        "empty": "",
        "a million As": "A" * 100_000,
    }
    for name, ciphertext in ciphertexts.items():
        body, params = envelopes.envelope(ciphertext)
        yield Hostile(f"seal: {name}", body, params)
    body, params = envelopes.envelope(sealed)
    for place in range(0, len(sealed), len(sealed) // 12):
        flipped = sealed[:place] + ("B" if sealed[place] == "A" else "A") + sealed[place + 1 :]
        yield Hostile(f"seal: changed at {place}", body.replace(sealed.encode(), flipped.encode()), params)
    yield Hostile("seal: no msg_signature", body, {**params, "msg_signature": ""})
    yield Hostile("seal: the plain signature", body, {**params, "msg_signature": params["signature"]})
    yield Hostile("seal: of another message", body, {**params, "msg_signature": envelopes.TENCENT_SIGNATURE})
    yield Hostile("plaintext", _TEXT, query())
    yield Hostile("plaintext that says it is sealed", _TEXT, query(encrypt_type="aes"))
    yield Hostile("seal that says it is plaintext", body, {**params, "encrypt_type": "raw"})


def _compressed() -> Iterator[tuple[str, bytes]]:
    yield "zip bomb", gzip.compress(bytes(50_000_000))
    yield "cut compression", gzip.compress(_TEXT)[:-99]
    yield "no compression", _TEXT
