"""A topic as a worker would get it on WeChat, made by the code that answers there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import msgspec

from bot.assistant.port import Message, Reply
from policies_kb.answer import hotline_answer, topic_reply
from policies_kb.model import KnowledgeBase, Topic

Render = Callable[[Reply, str], str]
"""One text of a reply and of the hint that its choices can be sent as numbers; see bot.wechat.text."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the worker and the agent see; `size` is in bytes, as WeChat counts."""

    text: str
    options: tuple[str, ...]
    size: int
    hotline: str


def preview(knowledge: KnowledgeBase, topic: Topic, today: date, render: Render) -> Preview | None:
    """The preview; None while the wording names what the topic does not have."""
    changed = msgspec.structs.replace(knowledge, topics={**knowledge.topics, topic.id: topic})
    try:
        text, options = topic_reply(changed, topic, {}, today)
        hotline = hotline_answer(changed, topic, {})
    except KeyError:
        return None
    sent = render(Reply((Message(text, options),)), changed.replies["choose_hint"].text)
    plain = render(Reply((Message(text),)), "")
    return Preview(plain, options, len(sent.encode()), hotline)
