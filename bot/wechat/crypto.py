"""Safe mode: opens WeChat's encrypted envelopes and seals the replies, with wechatpy's cipher behind a guard."""

from __future__ import annotations

import base64
import re
import secrets
import struct

from wechatpy.crypto import PrpCrypto
from wechatpy.exceptions import InvalidAppIdException

from bot.wechat.fields import Malformed, read_fields
from bot.wechat.signature import is_signed, sign

_ENCODING_AES_KEY = re.compile(r"[A-Za-z0-9+/]{43}")
# What wechatpy lets through when a ciphertext is not one; binascii.Error and UnicodeDecodeError are ValueErrors.
_CIPHER_FAULTS = (ValueError, IndexError, TypeError, struct.error)


class Forged(Exception):
    """The envelope was not sealed by WeChat for this account; the text says why and quotes nothing of it."""


class _Crypto(PrpCrypto):
    def get_random_string(self) -> bytes:
        # wechatpy takes these 16 bytes from `random`, which can be predicted.
        return secrets.token_bytes(16)


class Cipher:
    """Opens and seals messages of one account; ValueError for a key that is not an EncodingAESKey."""

    def __init__(self, token: str, aes_key: str, app_id: str) -> None:
        if not _ENCODING_AES_KEY.fullmatch(aes_key):
            raise ValueError(
                f"the WeChat EncodingAESKey has {len(aes_key)} characters or strange ones; "
                "copy the 43 letters and digits of the account's server settings"
            )
        self._token = token
        self._app_id = app_id
        self._crypto = _Crypto(base64.b64decode(f"{aes_key}="))

    def decrypt(self, body: bytes, msg_signature: str, timestamp: str, nonce: str) -> bytes:
        """The message within the envelope `body`; raise Forged, and nothing else, for one that cannot be trusted."""
        try:
            # In compatible mode the message stands beside its ciphertext, where anyone can change it: only this counts.
            ciphertext = read_fields(body).get("Encrypt", "")
        except Malformed as error:
            raise Forged(f"the envelope is malformed: {error}") from None
        if not is_signed(msg_signature, self._token, timestamp, nonce, ciphertext):
            raise Forged("msg_signature is wrong")
        try:
            return str(self._crypto.decrypt(ciphertext, self._app_id)).encode()
        except InvalidAppIdException:
            raise Forged("the message is for another app id") from None
        except _CIPHER_FAULTS:
            raise Forged("the ciphertext cannot be decrypted") from None

    def encrypt(self, reply: bytes, timestamp: int) -> bytes:
        """The envelope that carries the XML `reply`."""
        # The nonce is our own: the request's is whatever the sender wrote.
        nonce, stamp = str(secrets.randbelow(10**10)), str(timestamp)
        ciphertext = self._crypto.encrypt(reply, self._app_id).decode()
        signature = sign(self._token, stamp, nonce, ciphertext)
        return (
            f"<xml><Encrypt><![CDATA[{ciphertext}]]></Encrypt><MsgSignature><![CDATA[{signature}]]></MsgSignature>"
            f"<TimeStamp>{stamp}</TimeStamp><Nonce><![CDATA[{nonce}]]></Nonce></xml>"
        ).encode()
