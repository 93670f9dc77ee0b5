"""The token that a form must carry, so that no other site can post it in a person's name."""

from __future__ import annotations

import hashlib
import hmac

from aiohttp import web

FIELD = "csrf"
HEADER = "X-CSRF-Token"
_FORMS = ("application/x-www-form-urlencoded", "multipart/form-data")


def token(secret: str) -> str:
    """The token of a session or visit; it does not tell the cookie that it is made of."""
    return hmac.new(secret.encode(), b"csrf", hashlib.sha256).hexdigest()


async def carried(request: web.Request, secret: str) -> bool:
    """Whether a request carries the token of its session, in its header or in its form."""
    given = request.headers.get(HEADER)
    if given is None and request.content_type in _FORMS:
        field = (await request.post()).get(FIELD)
        given = field if isinstance(field, str) else None
    return given is not None and hmac.compare_digest(given.encode(), token(secret).encode())
