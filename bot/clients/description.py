"""Serves the description of the interface, which openapi.yml is."""

from __future__ import annotations

from pathlib import Path

import msgspec
from aiohttp import web

from bot.web.page import NO_SNIFF


class DescriptionViews:
    """The one view of it."""

    def __init__(self) -> None:
        self._text = msgspec.json.encode(msgspec.yaml.decode(Path(__file__).with_name("openapi.yml").read_bytes()))

    async def openapi(self, _request: web.Request) -> web.Response:
        """The description, for programs and tools of any origin."""
        headers = NO_SNIFF | {"Cache-Control": "no-cache"}
        return web.Response(body=self._text, content_type="application/json", headers=headers)
