"""What the webhook must know of the official account."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class WeChatSettings:
    """The account's secrets; an empty `encoding_aes_key` is plaintext mode. ValueError where anyone could write in."""

    token: str = field(repr=False)
    app_id: str = ""
    encoding_aes_key: str = field(default="", repr=False)

    def __post_init__(self) -> None:
        # With an empty token anyone can compute the signature: it is then the hash of the query alone.
        if not self.token.strip():
            raise ValueError("the WeChat token is empty; set it to the token typed in the account's server settings")
        if self.encoding_aes_key and not self.app_id:
            raise ValueError("the WeChat app id is empty; encrypted messages cannot be told from another account's")
