"""The webhook: whatever arrives, WeChat gets a reply, `success` or a refusal, and never a server error."""

from __future__ import annotations

import hashlib
import hmac
import time
import traceback
from collections.abc import Callable

import structlog
from aiohttp import http_exceptions, web

from bot.assistant.port import Reply
from bot.wechat.crypto import Cipher, Forged
from bot.wechat.desk import Desk
from bot.wechat.fields import Malformed
from bot.wechat.messages import Incoming, parse, text_reply
from bot.wechat.ports import Canned
from bot.wechat.settings import WeChatSettings
from bot.wechat.signature import is_signed
from bot.wechat.text import render

MAX_BODY = 128 * 1024
"""Bytes; real messages have a few thousand at most."""

_log = structlog.get_logger(__name__)


class WeChatViews:
    """The two views of /wechat for one account; `clock` gives Unix seconds."""

    def __init__(
        self, settings: WeChatSettings, desk: Desk, canned: Canned, clock: Callable[[], float] = time.time
    ) -> None:
        self._settings = settings
        self._desk = desk
        self._canned = canned
        self._clock = clock
        key = settings.encoding_aes_key
        self._cipher = Cipher(settings.token, key, settings.app_id) if key else None

    async def echo(self, request: web.Request) -> web.Response:
        """Prove to WeChat that this server knows the token."""
        self._verify(request)
        if "echostr" not in request.query:
            raise _refused(web.HTTPForbidden(), "echostr is missing")
        # The sender chose the text: no browser may take it for a page.
        return web.Response(text=request.query["echostr"], headers={"X-Content-Type-Options": "nosniff"})

    async def receive(self, request: web.Request) -> web.Response:
        """Answer a message or an event."""
        try:
            self._verify(request)
            incoming = parse(self._opened(request, await _read(request)))
        except web.HTTPException:
            raise
        except Forged as error:
            raise _refused(web.HTTPForbidden(), str(error)) from None
        except Malformed as error:
            raise _refused(web.HTTPBadRequest(), str(error)) from None
        except Exception as error:
            _log_trouble(error)
            return _success()
        return await self._answered(incoming)

    def _verify(self, request: web.Request) -> None:
        query = request.query
        if not {"signature", "timestamp", "nonce"} <= query.keys():
            raise _refused(web.HTTPForbidden(), "a parameter of the signature is missing")
        if not is_signed(query["signature"], self._settings.token, query["timestamp"], query["nonce"]):
            raise _refused(web.HTTPForbidden(), "signature is wrong")

    def _opened(self, request: web.Request, body: bytes) -> bytes:
        if self._cipher is None:
            return body
        query = request.query
        # The plain signature does not cover the body: whoever saw one address could write any message.
        if query.get("encrypt_type") != "aes":
            raise Forged("the message is not encrypted")
        return self._cipher.decrypt(body, query.get("msg_signature", ""), query["timestamp"], query["nonce"])

    async def _answered(self, incoming: Incoming) -> web.Response:
        try:
            return self._response(incoming, await self._desk.reply_to(incoming))
        except Exception as error:
            _log_trouble(error, sender=self._pseudonym(incoming))
        try:
            return self._response(incoming, self._canned("trouble"))
        except Exception as error:
            _log_trouble(error, sender=self._pseudonym(incoming))
            return _success()

    def _response(self, incoming: Incoming, reply: Reply | None) -> web.Response:
        text = render(reply, self._hint(reply)) if reply is not None else ""
        # WeChat takes an empty text for a fault of the account.
        if not text:
            return _success()
        now = int(self._clock())
        body = text_reply(incoming, text, now)
        if self._cipher is not None:
            body = self._cipher.encrypt(body, now)
        return web.Response(body=body, content_type="application/xml", charset="utf-8")

    def _hint(self, reply: Reply) -> str:
        # A number is understood only where the assistant itself has offered the choices.
        if reply.understanding is None or not any(message.options for message in reply.messages):
            return ""
        return "\n".join(message.text for message in self._canned("choose_hint").messages)

    def _pseudonym(self, incoming: Incoming) -> str:
        token = self._settings.token.encode()
        return hmac.new(token, incoming.from_user.encode(), hashlib.sha256).hexdigest()[:16]


async def _read(request: web.Request) -> bytes:
    body = bytearray()
    try:
        # Counted as it comes: neither Content-Length nor the application's own limit holds for a compressed body.
        async for chunk in request.content.iter_any():
            body += chunk
            if len(body) > MAX_BODY:
                break
    except (web.RequestPayloadError, http_exceptions.BadHttpMessage, ConnectionError):
        raise Malformed("the body cannot be read") from None
    if len(body) > MAX_BODY:
        raise _refused(web.HTTPRequestEntityTooLarge(MAX_BODY, len(body)), "the body is too large")
    return bytes(body)


def _refused(refusal: web.HTTPException, reason: str) -> web.HTTPException:
    _log.warning("wechat_refused", status=refusal.status, reason=reason)
    return refusal


def _log_trouble(error: Exception, **context: str) -> None:
    # An exception's text may quote the worker, so only its type and the places it passed are logged.
    places = [f"{frame.filename}:{frame.lineno}" for frame in traceback.extract_tb(error.__traceback__)]
    _log.error("wechat_trouble", error=type(error).__name__, places=places, **context)


def _success() -> web.Response:
    return web.Response(text="success")
