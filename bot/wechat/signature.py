"""The SHA-1 signature by which WeChat shows that it knows the token."""

from __future__ import annotations

import hashlib
import hmac


def sign(*parts: str) -> str:
    """The signature of the parts in any order: token, timestamp, nonce, and the ciphertext where there is one."""
    # A query string may decode to lone surrogates; they must make a wrong signature, not an exception.
    joined = b"".join(sorted(part.encode(errors="surrogatepass") for part in parts))
    # WeChat prescribes SHA-1; the flag lets it run where the system forbids it.
    return hashlib.sha1(joined, usedforsecurity=False).hexdigest()


def is_signed(signature: str, *parts: str) -> bool:
    """Whether `signature` is that of the parts; takes the same time however much of it is right."""
    return hmac.compare_digest(sign(*parts).encode(), signature.encode(errors="surrogatepass"))
