"""What a client may post to /api/chat: bytes become a question, or a refusal that says what to send instead."""

from __future__ import annotations

import re
import uuid
from dataclasses import dataclass

import msgspec

from bot.web.body import Refused

_TOKEN = re.compile(r"[A-Za-z0-9_-]{8,64}")

# NUL and its like mean nothing in a question, and PostgreSQL refuses to store the first of them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Question:
    """One message of a session, trimmed; `key` is equal for two posts exactly when one is a repeat of the other."""

    session: str
    key: str
    text: str


def parse(body: bytes) -> Question:
    """The question in a JSON body; raise Refused with 400 where it is not JSON, with 422 where its shape is wrong."""
    try:
        fields = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(400, "body", "the body is not JSON; send a JSON object in UTF-8") from None
    if not isinstance(fields, dict):
        raise Refused(422, "body", 'send a JSON object like {"session": "…", "text": "…"}')
    session = _token(fields, "session")
    key = _key(session, _token(fields, "id")) if "id" in fields else str(uuid.uuid4())
    text = fields.get("text")
    if not isinstance(text, str):
        raise Refused(422, "text", "send the worker's question as a string of 1 to 1000 characters")
    return Question(session, key, _CONTROL.sub("", text).strip())


def _token(fields: dict[str, object], name: str) -> str:
    value = fields.get(name)
    if not isinstance(value, str) or not _TOKEN.fullmatch(value):
        raise Refused(422, name, "send a random string of 8 to 64 letters, digits, '_' or '-'")
    return value


def _key(session: str, request: str) -> str:
    # Clients choose their ids: without the session in the key, one could be shown what another was answered.
    return str(uuid.uuid5(uuid.NAMESPACE_URL, f"{session}/{request}"))
