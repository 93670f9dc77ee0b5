"""The cipher against Tencent's vector and an independent implementation."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.wechat.crypto import Cipher, Forged
from bot.wechat.messages import Text, parse

from . import envelopes
from .envelopes import AES_KEY, APP_ID, NONCE, STAMP, TENCENT_SIGNATURE, TOKEN

CIPHER = Cipher(TOKEN, AES_KEY, APP_ID)


def opened(ciphertext: str) -> bytes:
    body, query = envelopes.envelope(ciphertext)
    return CIPHER.decrypt(body, query["msg_signature"], STAMP, NONCE)


@pytest.mark.parametrize("name", ["tencent_safe", "tencent_compatible"])
def test_decrypt_opens_tencents_vector(name: str) -> None:
    message = parse(CIPHER.decrypt(envelopes.payload(name), TENCENT_SIGNATURE, STAMP, NONCE))

    assert isinstance(message, Text)
    assert (message.text, message.message_id) == ("abcdteT", "6054768590064713728")


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1).map(str.encode))
def test_decrypt_opens_what_wechat_seals(message: bytes) -> None:
    assert opened(envelopes.seal(message)) == message


@given(st.binary())
def test_wechat_opens_what_encrypt_seals(reply: bytes) -> None:
    assert envelopes.unseal(CIPHER.encrypt(reply, 1764915200)) == (reply, APP_ID)


def test_encrypt_never_repeats_itself() -> None:
    assert CIPHER.encrypt(b"<xml></xml>", 1) != CIPHER.encrypt(b"<xml></xml>", 1)


def test_decrypt_refuses_a_wrong_signature() -> None:
    with pytest.raises(Forged, match="msg_signature"):
        CIPHER.decrypt(envelopes.payload("tencent_safe"), "0" * 40, STAMP, NONCE)


def test_decrypt_refuses_another_account() -> None:
    with pytest.raises(Forged, match="another app id"):
        opened(envelopes.seal(b"<xml></xml>", app_id="wx0000000000000000"))


def test_decrypt_refuses_another_key() -> None:
    with pytest.raises(Forged):
        opened(envelopes.seal(b"<xml></xml>", key=AES_KEY[::-1]))


@pytest.mark.parametrize(
    "ciphertext",
    ["", "A", "====", "不是密文", "QUJD", envelopes.encrypted(bytes(32)), envelopes.encrypted(b"\xff" * 64)],
)
def test_decrypt_refuses_what_is_no_ciphertext(ciphertext: str) -> None:
    with pytest.raises(Forged):
        opened(ciphertext)


@given(st.integers(1, 8).flatmap(lambda blocks: st.binary(min_size=16 * blocks, max_size=16 * blocks)))
def test_decrypt_of_any_plaintext_is_forged_and_nothing_else(plain: bytes) -> None:
    with pytest.raises(Forged):
        opened(envelopes.encrypted(plain))


@given(st.binary() | st.text().map(lambda text: f"<xml>{text}</xml>".encode(errors="replace")))
def test_decrypt_of_any_body_is_forged_and_nothing_else(body: bytes) -> None:
    with pytest.raises(Forged):
        CIPHER.decrypt(body, TENCENT_SIGNATURE, STAMP, NONCE)


@pytest.mark.parametrize("key", ["", AES_KEY[:-1], AES_KEY + "=", AES_KEY[:-1] + "!"])
def test_cipher_refuses_a_key_that_is_none(key: str) -> None:
    with pytest.raises(ValueError, match=f"EncodingAESKey has {len(key)} characters") as refusal:
        Cipher(TOKEN, key, APP_ID)

    assert not key or key not in str(refusal.value)
