"""Bodies of requests from browsers and other clients, read only as far as they may be long."""

from __future__ import annotations

from aiohttp import http_exceptions, web

JSON = "application/json"
FORM = "application/x-www-form-urlencoded"


class Refused(Exception):
    """A request that cannot be answered: its HTTP status, the field at fault, and what the client should do."""

    def __init__(self, status: int, field: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.field = field
        self.message = message


async def read(request: web.Request, content_type: str, limit: int) -> bytes:
    """The body of a request of that type with at most `limit` bytes; raises Refused."""
    # A page of another site can post a form or text without asking, but JSON only where CORS allows it.
    if request.content_type != content_type:
        raise Refused(415, "Content-Type", f"send the body as {content_type}")
    body = bytearray()
    try:
        # Counted as it comes: neither Content-Length nor the application's own limit holds for a compressed body.
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > limit:
                raise Refused(413, "body", f"send at most {limit} bytes")
    except (web.RequestPayloadError, http_exceptions.ContentEncodingError):
        raise Refused(400, "body", "the body cannot be read; send it whole, and uncompressed") from None
    return bytes(body)
