"""A client: another program with a key, or a website that shows the chat in a frame."""

from __future__ import annotations

import re
import secrets
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum

LONGEST_NAME = 40
MOST_PER_MINUTE, MOST_PER_DAY, MOST_ORIGINS = 10_000, 10_000_000, 20
_HOST = r"(?=.{1,253}(?::|$))[a-z0-9](?:[a-z0-9-]*[a-z0-9])?(?:\.[a-z0-9](?:[a-z0-9-]*[a-z0-9])?)*"
_ORIGIN = re.compile(rf"https://{_HOST}(?::\d{{1,5}})?|http://(?:localhost|127\.0\.0\.1)(?::\d{{1,5}})?")


@dataclass(frozen=True, slots=True)
class Draft:
    """What an administrator decides of a client; `origins` may frame the chat and call from a browser."""

    name: str
    per_minute: int
    per_day: int
    origins: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Client:
    """A client as it is kept; `public` names it in pages, `key_hash` is all that is known of its key."""

    id: int
    public: str
    key_hash: str
    draft: Draft
    disabled: bool
    created_at: datetime


class Refusal(str, Enum):
    """Why a field is refused."""

    NAME = "name"
    TAKEN = "taken"
    MINUTE = "per_minute"
    DAY = "per_day"
    ORIGIN = "origin"
    ORIGINS = "origins"


class Refused(Exception):
    """A draft that cannot be kept: what is wrong with each field, and with what."""

    def __init__(self, problems: dict[str, tuple[Refusal, str]]) -> None:
        super().__init__(", ".join(problems))
        self.problems = problems


def drafted(name: str, per_minute: str, per_day: str, origins: Iterable[str]) -> Draft:
    """What was typed as a draft; raises Refused."""
    problems: dict[str, tuple[Refusal, str]] = {}
    if not 0 < len(name) <= LONGEST_NAME:
        problems["name"] = (Refusal.NAME, "")
    minute, day = _number(per_minute, MOST_PER_MINUTE), _number(per_day, MOST_PER_DAY)
    if not minute:
        problems["per_minute"] = (Refusal.MINUTE, "")
    if not day:
        problems["per_day"] = (Refusal.DAY, "")
    named = tuple(dict.fromkeys(one.strip().rstrip("/").lower() for one in origins if one.strip()))
    wrong = [one for one in named if not _ORIGIN.fullmatch(one)]
    if wrong:
        problems["origins"] = (Refusal.ORIGIN, wrong[0][:100])
    elif len(named) > MOST_ORIGINS:
        problems["origins"] = (Refusal.ORIGINS, "")
    if problems:
        raise Refused(problems)
    return Draft(name, minute, day, named)


def new_public() -> str:
    """A name for pages, which tells nothing."""
    return secrets.token_hex(8)


def new_key() -> str:
    """A key that nobody guesses; its beginning lets people and scanners recognise it."""
    return f"gongyou_{secrets.token_urlsafe(32)}"


def _number(text: str, most: int) -> int:
    number = int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
    return number if number <= most else 0
