"""The webhook's own work: signature, opening, parsing, rendering and sealing, with a conversation that answers at once."""

from __future__ import annotations

import typer
from aiohttp import web

from bot import request_id
from bot.wechat.desk import Desk
from bot.wechat.routes import routes
from bot.wechat.settings import WeChatSettings
from bot.wechat.views import WeChatViews
from tests.wechat.envelopes import AES_KEY, APP_ID, TOKEN
from tests.wechat.fakes import FakeAccount, FakeConversation, FakeTyping, pseudonym


async def serving(mode: str) -> web.Application:
    """The room of the webhook as the service has it, without storage and assistant."""
    conversation = FakeConversation()
    settings = WeChatSettings(TOKEN, APP_ID, AES_KEY if mode == "safe" else "")
    desk = Desk(conversation, FakeAccount(), FakeTyping(), 4.0, pseudonym)
    app = web.Application(middlewares=[request_id.named])
    app.add_routes(routes(WeChatViews(settings, desk, conversation.canned)))
    return app


def main(port: int, mode: str) -> None:
    """Serve on a port."""
    web.run_app(serving(mode), host="127.0.0.1", port=port, access_log=None, print=lambda *_: typer.echo(port))


if __name__ == "__main__":
    typer.run(main)
