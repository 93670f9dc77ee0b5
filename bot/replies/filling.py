"""The {variables} of a canned reply: some are known in the conversation, others somebody has to fill in: {请填写:金额}."""

from __future__ import annotations

import re
from collections.abc import Mapping
from enum import Enum
from typing import Protocol

from bot.replies.errors import Unfilled

_VARIABLE = re.compile(r"\{([^{}\n]{1,40})\}")
_PROMPT = re.compile(r"请填写[:：]\s*(.*\S)\s*")


class Variable(str, Enum):
    """What is known without asking; the value is the name between the braces."""

    HOTLINE = "热线号码"
    HOURS = "服务时间"
    AGENT = "坐席姓名"
    TODAY = "今天日期"


class Wording(Protocol):
    """Whatever has a text with variables."""

    @property
    def text(self) -> str:
        """The text."""


def names(text: str) -> tuple[str, ...]:
    """What is to be filled in, each once: the name of a variable, or what a prompt asks for."""
    return tuple(dict.fromkeys(_name(one) for one in _VARIABLE.findall(text)))


def prompts(text: str) -> tuple[str, ...]:
    """What a person is asked to fill in."""
    asked = (match[1] for match in map(_PROMPT.fullmatch, _VARIABLE.findall(text)) if match)
    return tuple(dict.fromkeys(asked))


def unknown(text: str) -> tuple[str, ...]:
    """What is neither a variable nor a prompt."""
    known = {one.value for one in Variable}
    return tuple(one for one in _VARIABLE.findall(text) if one not in known and not _PROMPT.fullmatch(one))


def stray_braces(text: str) -> bool:
    """Whether a brace stands for no variable."""
    return bool(set("{}") & set(_VARIABLE.sub("", text)))


def filled(reply: Wording, values: Mapping[str, str]) -> str:
    """The text as it may be sent; raises Unfilled naming everything that has no value."""
    missing = [name for name in names(reply.text) if not values.get(name, "").strip()]
    if missing:
        raise Unfilled(missing)
    return prefilled(reply.text, values)


def prefilled(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known filled in; the rest stays as it is."""
    # In one go: what stands between braces within a value is no variable.
    return _VARIABLE.sub(lambda match: values.get(_name(match[1]), "").strip() or match[0], text)


def _name(inner: str) -> str:
    prompt = _PROMPT.fullmatch(inner)
    return prompt[1] if prompt else inner
