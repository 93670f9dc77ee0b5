"""Security headers on whatever the service answers; a page that needs other ones sets them itself."""

from __future__ import annotations

from aiohttp import web

HEADERS = {
    # What is no page (JSON, text, an error) may load nothing, be framed by nobody and post nowhere.
    "Content-Security-Policy": "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


async def add_headers(_request: web.Request, response: web.StreamResponse) -> None:
    """Add what is not set; a signal of the application. Strict-Transport-Security is the proxy's, who has the certificate."""
    for name, value in HEADERS.items():
        response.headers.setdefault(name, value)
    if "frame-ancestors 'none'" in response.headers["Content-Security-Policy"]:
        # For browsers that do not read the policy; what may be framed says so there.
        response.headers.setdefault("X-Frame-Options", "DENY")
