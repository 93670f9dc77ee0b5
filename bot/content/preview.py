"""A topic or a reply as a worker would get it on WeChat, made by the code that answers there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import msgspec

from bot.assistant.port import Message, Reply
from policies_kb import quiz
from policies_kb.answer import hotline_answer, reply_values, topic_reply
from policies_kb.checks.integrity import OWN_NAMES
from policies_kb.chinese_date import written
from policies_kb.model import KnowledgeBase, Topic
from policies_kb.placeholders import fill

Render = Callable[[Reply, str], str]
"""One text of a reply and of the hint that its choices can be sent as numbers; see bot.wechat.text."""


@dataclass(frozen=True, slots=True)
class Preview:
    """What the worker sees, and the agent where a topic has a wording for him; `size` is in bytes, as WeChat counts."""

    text: str
    options: tuple[str, ...]
    size: int
    hotline: str = ""


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


def entry_preview(knowledge: KnowledgeBase, table: str, key: str, entry: Any, render: Render) -> Preview | None:
    """An entry of a shared file as a worker would get it; what only a conversation can fill in stands in 〔〕."""
    changed = msgspec.structs.replace(knowledge, **{table: {**getattr(knowledge, table), key: entry}})
    values = {name: f"〔{name}〕" for name in OWN_NAMES.get(key if table == "replies" else "near_scope", ())}
    values |= reply_values(changed)
    options: tuple[str, ...] = ()
    try:
        if table == "replies":
            text = fill(entry.text, values)
            options = tuple(changed.topics[topic].question for topic in entry.examples)
        elif table == "near_scope":
            contacts = "、".join(str(changed.contacts[name]) for name in entry.contacts)
            text = fill(changed.replies["near_scope"].text, {**values, "subject": entry.title, "contacts": contacts})
        elif table == "urgent":
            text = fill(entry.text, values)
        elif table == "notices":
            contact = changed.contacts[entry.contact]
            text = fill(entry.text, {"since": written(entry.since), "contact": contact})
        elif table == "quiz":
            text = quiz.shown(changed, entry)
        else:
            text = str(entry)
    except KeyError:
        return None
    sent = render(Reply((Message(text, options),)), changed.replies["choose_hint"].text)
    return Preview(render(Reply((Message(text),)), ""), options, len(sent.encode()))
