"""Codes of an authenticator app (TOTP, RFC 6238)."""

from __future__ import annotations

from datetime import datetime

import pyotp
import segno
from pyotp.exceptions import OTPVerificationError

ISSUER = "Gongyou"
_WINDOW = 1
"""Codes before and after the present one that are right too: telephones' clocks differ."""


def new_secret() -> str:
    """A secret for one account."""
    return pyotp.random_base32()


def address(secret: str, user_name: str) -> str:
    """What the app reads from the QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=user_name, issuer_name=ISSUER)


def picture(secret: str, user_name: str) -> str:
    """The QR code as SVG, to stand in a page."""
    code = segno.make(address(secret, user_name), error="m")
    return code.svg_inline(scale=5, border=4, light="#fff", title="验证器二维码")


def counter(secret: str, code: str, now: datetime) -> int | None:
    """The counter of a code, which rises with time; None for a wrong code."""
    code = code.replace(" ", "")
    if not (code.isascii() and code.isdecimal()):
        return None
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(code, for_time=now, valid_window=_WINDOW)
    except OTPVerificationError:
        return None
