"""The action server of the stock assistant: says the name of the intent, and does nothing else."""

from __future__ import annotations

import typer
from aiohttp import web

_LONGEST = 64 * 1024 * 1024
"""Rasa sends the whole conversation and domain with each call."""


async def act(request: web.Request) -> web.Response:
    """What an action server answers."""
    said = (await request.json())["tracker"]["latest_message"]["intent"]["name"]
    return web.json_response({"events": [], "responses": [{"text": said}]})


async def well(_request: web.Request) -> web.Response:
    """It is."""
    return web.json_response({"status": "ok"})


def main(port: int) -> None:
    """Serve on a port."""
    app = web.Application(client_max_size=_LONGEST)
    app.add_routes([web.post("/webhook", act), web.get("/health", well)])
    web.run_app(app, host="127.0.0.1", port=port, access_log=None)


if __name__ == "__main__":
    typer.run(main)
