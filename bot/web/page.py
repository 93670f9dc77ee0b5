"""Pages that the server renders, with the headers that keep them safe in a browser."""

from __future__ import annotations

from pathlib import Path

import jinja2
from aiohttp import web

NO_SNIFF = {"X-Content-Type-Options": "nosniff"}


def policy(ancestors: str = "'none'") -> str:
    """The security policy of a page that pages of those origins may show in a frame."""
    own = "default-src 'self'; base-uri 'none'; form-action 'self'; object-src 'none'"
    return f"{own}; frame-ancestors {ancestors}"


_HEADERS = NO_SNIFF | {
    # Not no-store: going back to a page that was posted would then show an error of the browser.
    "Cache-Control": "no-cache",
    "Content-Security-Policy": policy(),
    "Referrer-Policy": "no-referrer",
}


class Pages:
    """The templates of this room."""

    def __init__(self) -> None:
        loader = jinja2.FileSystemLoader(Path(__file__).parent / "templates")
        self._environment = jinja2.Environment(
            loader=loader, autoescape=True, trim_blocks=True, lstrip_blocks=True, undefined=jinja2.StrictUndefined
        )

    def response(self, template: str, status: int = 200, **values: object) -> web.Response:
        """A page made of a template and its values."""
        html = self._environment.get_template(template).render(values)
        return web.Response(text=html, status=status, content_type="text/html", charset="utf-8", headers=_HEADERS)
