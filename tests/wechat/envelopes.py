"""WeChat's side of the webhook, written from its documents and apart from the code under test."""

from __future__ import annotations

import base64
import hashlib
import struct
import xml.etree.ElementTree as ET
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

PAYLOADS = Path(__file__).parent / "payloads"
TOKEN = "spamtest"
AES_KEY = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFG"
APP_ID = "wx2c2769f8efd9abc2"
STAMP, NONCE = "1409735669", "1320562132"
TENCENT_SIGNATURE = "5d197aaffba7e9b25a30732f161a50dee96bd5fa"


def payload(name: str) -> bytes:
    """A body as WeChat posts it."""
    return (PAYLOADS / f"{name}.xml").read_bytes()


def sha1_of(*parts: str) -> str:
    """The signature that WeChat sends for the parts."""
    return hashlib.sha1("".join(sorted(parts)).encode()).hexdigest()


def query(token: str = TOKEN, **more: str) -> dict[str, str]:
    """The query of a signed request."""
    return {"signature": sha1_of(token, STAMP, NONCE), "timestamp": STAMP, "nonce": NONCE, **more}


def seal(message: bytes, app_id: str = APP_ID, key: str = AES_KEY) -> str:
    """The ciphertext of a message; its random part is all zeros."""
    plain = bytes(16) + struct.pack(">I", len(message)) + message + app_id.encode()
    pad = 32 - len(plain) % 32
    return encrypted(plain + bytes([pad]) * pad, key)


def encrypted(plain: bytes, key: str = AES_KEY) -> str:
    """Whole blocks of anything, encrypted as WeChat would."""
    encryptor = _aes(key).encryptor()
    return base64.b64encode(encryptor.update(plain) + encryptor.finalize()).decode()


def envelope(ciphertext: str, clear: str = "") -> tuple[bytes, dict[str, str]]:
    """The body and the query of an encrypted request; `clear` are the fields that compatible mode adds."""
    body = f"<xml><ToUserName><![CDATA[gh_1]]></ToUserName>{clear}<Encrypt><![CDATA[{ciphertext}]]></Encrypt></xml>"
    return body.encode(), query(encrypt_type="aes", msg_signature=sha1_of(TOKEN, STAMP, NONCE, ciphertext))


def unseal(body: bytes) -> tuple[bytes, str]:
    """The message and the app id within a sealed reply, its signature checked."""
    fields = {field.tag: field.text or "" for field in ET.fromstring(body)}
    assert fields["MsgSignature"] == sha1_of(TOKEN, fields["TimeStamp"], fields["Nonce"], fields["Encrypt"])
    decryptor = _aes(AES_KEY).decryptor()
    plain = decryptor.update(base64.b64decode(fields["Encrypt"])) + decryptor.finalize()
    plain = plain[16 : -plain[-1]]
    size = struct.unpack(">I", plain[:4])[0]
    return plain[4 : 4 + size], plain[4 + size :].decode()


def content_of(body: bytes) -> str:
    """What the worker sees of a reply."""
    return ET.fromstring(body).findtext("Content") or ""


def _aes(key: str) -> Cipher[modes.CBC]:
    raw = base64.b64decode(key + "=")
    return Cipher(algorithms.AES(raw), modes.CBC(raw[:16]))
