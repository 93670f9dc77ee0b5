"""What is not from WeChat is refused with a 4xx, asks nobody anything, and never breaks the server."""

from __future__ import annotations

import gzip
from collections.abc import AsyncIterator, Iterator
from typing import TypeAlias

import pytest
import structlog
from aiohttp import web
from aiohttp.test_utils import TestClient

from bot.wechat.views import MAX_BODY

from . import envelopes
from .envelopes import TENCENT_SIGNATURE, payload, query
from .fakes import FakeConversation
from .test_messages import MALFORMED

Client: TypeAlias = TestClient[web.Request, web.Application]


@pytest.fixture(autouse=True)
def nobody_was_asked(conversation: FakeConversation) -> Iterator[None]:
    yield
    assert conversation.questions == []


@pytest.mark.parametrize("name", MALFORMED)
async def test_malformed_body_is_a_bad_request(plain: Client, name: str) -> None:
    assert (await plain.post("/wechat", params=query(), data=MALFORMED[name])).status == 400


@pytest.mark.parametrize("name", MALFORMED)
async def test_malformed_body_in_an_envelope_is_refused(safe: Client, name: str) -> None:
    body, params = envelopes.envelope(envelopes.seal(MALFORMED[name]))

    assert (await safe.post("/wechat", params=params, data=body)).status in (400, 403)


@pytest.mark.parametrize("name", MALFORMED)
async def test_malformed_envelope_is_forbidden(safe: Client, name: str) -> None:
    params = query(encrypt_type="aes", msg_signature=TENCENT_SIGNATURE)

    assert (await safe.post("/wechat", params=params, data=MALFORMED[name])).status == 403


@pytest.mark.parametrize("missing", ["signature", "timestamp", "nonce"])
async def test_message_without_a_parameter_is_forbidden(plain: Client, missing: str) -> None:
    params = query()
    del params[missing]

    assert (await plain.post("/wechat", params=params, data=payload("text"))).status == 403


@pytest.mark.parametrize("signature", ["", "0" * 40, "签名", "%ff%fe", "%ED%A0%BD"])
async def test_wrong_signature_is_forbidden(plain: Client, signature: str) -> None:
    url = f"/wechat?timestamp={envelopes.STAMP}&nonce=%ED%A0%BD&signature={signature}"

    assert (await plain.post(url, data=payload("text"))).status == 403


async def test_wrong_signature_is_told_before_the_body_is_read(plain: Client) -> None:
    response = await plain.post("/wechat", params=query("other"), data=bytes(MAX_BODY * 2))

    assert response.status == 403


async def test_plaintext_into_safe_mode_is_forbidden(safe: Client) -> None:
    assert (await safe.post("/wechat", params=query(), data=payload("text"))).status == 403


@pytest.mark.parametrize("more", [{}, {"msg_signature": "0" * 40}, {"msg_signature": "签名"}])
async def test_wrong_msg_signature_is_forbidden(safe: Client, more: dict[str, str]) -> None:
    params = query(encrypt_type="aes", **more)

    assert (await safe.post("/wechat", params=params, data=payload("tencent_safe"))).status == 403


async def test_plain_signature_does_not_open_an_empty_envelope(safe: Client) -> None:
    params = query(encrypt_type="aes", msg_signature=query()["signature"])

    assert (await safe.post("/wechat", params=params, data=payload("text"))).status == 403


async def test_another_accounts_message_is_forbidden(safe: Client) -> None:
    body, params = envelopes.envelope(envelopes.seal(payload("text"), app_id="wx0000000000000000"))

    assert (await safe.post("/wechat", params=params, data=body)).status == 403


async def test_oversize_body_is_refused(plain: Client) -> None:
    body = payload("text").replace("高级".encode(), b"a" * MAX_BODY)

    assert (await plain.post("/wechat", params=query(), data=body)).status == 413


async def test_oversize_body_without_a_length_is_refused(plain: Client) -> None:
    async def endless() -> AsyncIterator[bytes]:
        for _ in range(40):
            yield b"<" * 4096

    assert (await plain.post("/wechat", params=query(), data=endless())).status == 413


async def test_zip_bomb_is_refused(plain: Client) -> None:
    bomb = gzip.compress(bytes(10_000_000))

    response = await plain.post("/wechat", params=query(), data=bomb, headers={"Content-Encoding": "gzip"})

    assert response.status in (400, 413)


async def test_broken_compression_is_refused(plain: Client) -> None:
    headers = {"Content-Encoding": "gzip"}

    response = await plain.post("/wechat", params=query(), data=payload("text"), headers=headers)

    assert response.status == 400


async def test_other_methods_are_refused(plain: Client) -> None:
    assert (await plain.put("/wechat", params=query(), data=payload("text"))).status == 405


async def test_refusal_is_logged_without_the_request(plain: Client) -> None:
    with structlog.testing.capture_logs() as logs:
        await plain.post("/wechat", params=query(openid="oSecret"), data=payload("text")[:-9])

    assert [(entry["event"], entry["status"]) for entry in logs] == [("wechat_refused", 400)]
    for secret in ("oSecret", "oyOR", "高级技师", envelopes.NONCE):
        assert secret not in str(logs)
