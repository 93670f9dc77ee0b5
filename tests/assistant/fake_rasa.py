"""The endpoints of a Rasa server, with answers that a test sets."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web


class FakeRasa:
    """Repeats each message, and understands it as a question about annuity; the test may change all of that."""

    def __init__(self) -> None:
        self.received: list[dict[str, Any]] = []
        self.tokens: list[str | None] = []
        self.uttered: Any = [{"recipient_id": "x", "text": "答复", "buttons": [{"title": "甲", "payload": "甲"}]}]
        self.slots: dict[str, Any] = {"topic": "annuity", "asked": "年金谁出钱", "menu": None}
        self.status = {"webhook": 200, "tracker": 200, "status": 200}
        self.open = asyncio.Event()
        self.open.set()

    def app(self) -> web.Application:
        """To be served."""
        app = web.Application()
        app.add_routes(
            [
                web.post("/webhooks/rest/webhook", self._webhook),
                web.get("/conversations/{id}/tracker", self._tracker),
                web.get("/status", self._status),
            ]
        )
        return app

    async def _webhook(self, request: web.Request) -> web.Response:
        self.received.append(await request.json())
        await self.open.wait()
        return web.json_response(self.uttered, status=self.status["webhook"])

    async def _tracker(self, request: web.Request) -> web.Response:
        self.tokens.append(request.query.get("token"))
        assert request.match_info["id"] == self.received[-1]["sender"]
        assert request.query["include_events"] == "NONE"
        understanding: dict[str, object] = {"label": "ask/annuity", "also": None, "confidence": 0.9, "ranking": []}
        latest = {"intent": {"name": "ask"}, "entities": [], "understanding": understanding}
        return web.json_response({"slots": self.slots, "latest_message": latest}, status=self.status["tracker"])

    async def _status(self, request: web.Request) -> web.Response:
        return web.json_response({"model_id": "1"}, status=self.status["status"])
