"""The signature, by the vectors that Tencent prints."""

from __future__ import annotations

import pytest

from bot.wechat.signature import is_signed, sign


@pytest.mark.parametrize(
    ("stamp", "nonce", "signature"),
    [
        ("1714036504", "1514711492", "f464b24fc39322e44b38aa78f5edd27bd1441696"),
        ("1714037059", "486452656", "899cf89e464efb63f54ddac96b0a0a235f53aa78"),
    ],
)
def test_sign_agrees_with_tencents_vectors(stamp: str, nonce: str, signature: str) -> None:
    assert sign("AAAAA", stamp, nonce) == signature
    assert is_signed(signature, nonce, "AAAAA", stamp)


@pytest.mark.parametrize("signature", ["", "f464", "0" * 40, "签名", "\udcff"])
def test_is_signed_refuses_anything_else(signature: str) -> None:
    assert not is_signed(signature, "AAAAA", "1714036504", "1514711492")


def test_is_signed_takes_parts_that_are_no_text() -> None:
    assert not is_signed("0" * 40, "AAAAA", "\udcff", "随机数")
