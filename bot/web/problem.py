"""Refusals of the JSON interface as RFC 9457 writes them, with a plain word and the fields at fault."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import lru_cache
from http import HTTPStatus
from pathlib import Path

import msgspec
from aiohttp import web

from bot.web.page import NO_SNIFF

PROBLEM = "application/problem+json"
# A refusal is about one request; nobody keeps it on its way.
_HEADERS = NO_SNIFF | {"Cache-Control": "no-store"}


def problem(
    status: int,
    errors: Iterable[tuple[str, str]] = (),
    headers: Mapping[str, str] | None = None,
    **values: object,
) -> web.Response:
    """The refusal of a request; `errors` name fields and what to send, `values` fill the word for the status."""
    known = HTTPStatus(status)
    body: dict[str, object] = {"type": "about:blank", "title": known.phrase, "status": status}
    word = _words().get(status)
    if word is not None:
        body["detail"] = word.format(**values)
    if told := [{"field": field, "message": message} for field, message in errors]:
        body["errors"] = told
    content = msgspec.json.encode(body)
    return web.Response(body=content, status=status, content_type=PROBLEM, headers={**_HEADERS, **(headers or {})})


@lru_cache(maxsize=1)
def _words() -> Mapping[int, str]:
    text = Path(__file__).with_name("problems.yml").read_bytes()
    return msgspec.yaml.decode(text, type=dict[int, str], strict=False)
