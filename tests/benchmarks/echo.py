"""A bare aiohttp server with wechatpy that echoes each message: what the webhook's own work is measured against."""

from __future__ import annotations

import typer
from aiohttp import web
from wechatpy import parse_message
from wechatpy.crypto import WeChatCrypto
from wechatpy.replies import TextReply
from wechatpy.utils import check_signature

from tests.wechat.envelopes import AES_KEY, APP_ID, TOKEN

_KEY = web.AppKey("crypto", WeChatCrypto)


async def receive(request: web.Request) -> web.Response:
    """Check, open, parse, echo, seal."""
    query, body = request.query, await request.read()
    check_signature(TOKEN, query["signature"], query["timestamp"], query["nonce"])
    sealed = query.get("encrypt_type") == "aes"
    if sealed:
        body = request.app[_KEY].decrypt_message(body, query["msg_signature"], query["timestamp"], query["nonce"])
    message = parse_message(body)
    reply = TextReply(content=message.content, message=message).render()
    if sealed:
        reply = request.app[_KEY].encrypt_message(reply, query["nonce"], query["timestamp"])
    return web.Response(text=reply, content_type="application/xml")


async def serving() -> web.Application:
    """The server; tells its port when it listens."""
    app = web.Application()
    app[_KEY] = WeChatCrypto(TOKEN, AES_KEY, APP_ID)
    app.router.add_post("/wechat", receive)
    return app


def main(port: int) -> None:
    """Serve on a port, which several processes may share."""
    web.run_app(
        serving(),
        host="127.0.0.1",
        port=port,
        reuse_port=True,
        access_log=None,
        print=lambda *_: typer.echo(port),
    )


if __name__ == "__main__":
    typer.run(main)
