"""What a client may post to /api/eligibility: bytes become a topic and answers, or a refusal that names every field."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import msgspec

from bot.web.body import Refused

_FIELDS = ("topic", "facts")


class Invalid(Exception):
    """A body whose fields cannot be used; `errors` are pairs of a field and what to send in it."""

    def __init__(self, errors: tuple[tuple[str, str], ...]) -> None:
        super().__init__(", ".join(field for field, _ in errors))
        self.errors = errors


@dataclass(frozen=True, slots=True)
class Question:
    """A topic's id and answers by slot, not yet looked up."""

    topic: str
    facts: Mapping[str, object]


def parse(body: bytes) -> Question:
    """The question in a JSON body; raises Refused where it is not JSON, Invalid where its shape is wrong."""
    try:
        fields = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Refused(400, "body", "the body is not JSON; send a JSON object in UTF-8") from None
    if not isinstance(fields, dict):
        raise Invalid((("body", 'send a JSON object like {"topic": "…", "facts": {}}'),))
    if errors := tuple(_errors(fields)):
        raise Invalid(errors)
    return Question(fields["topic"], fields.get("facts", {}))


def _errors(fields: Mapping[str, object]) -> Iterator[tuple[str, str]]:
    if not isinstance(fields.get("topic"), str):
        yield "topic", "send the id of a topic as a string; GET /api/eligibility lists them"
    if not isinstance(fields.get("facts", {}), dict):
        yield "facts", "send an object with an answer for each slot that is known"
    for field in fields:
        if field not in _FIELDS:
            yield field, f"no such field; send {' and '.join(_FIELDS)}"
