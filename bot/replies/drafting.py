"""What of a written reply is wrong before it is kept."""

from __future__ import annotations

import re
from dataclasses import fields, replace

from bot.replies.errors import Problem, Refusal
from bot.replies.filling import Variable, stray_braces, unknown
from bot.replies.model import Draft
from bot.replies.sounds import normalised
from policies_kb.model import KnowledgeBase

LONGEST_TITLE, LONGEST_TEXT, LONGEST_CATEGORY, LONGEST_SHORTCUT = 40, 600, 20, 20
# They mean nothing in a text, and PostgreSQL refuses to store the first of them.
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SHORTCUT = re.compile(r"[\w.-]+")


def tidied(draft: Draft, knowledge: KnowledgeBase) -> Draft:
    """The draft as it is kept: a topic by its id, also where its title was given."""
    draft = Draft(*(_CONTROL.sub("", getattr(draft, one.name)) for one in fields(draft)))
    title, category = (" ".join(text.split()) for text in (draft.title, draft.category))
    text = draft.text.replace("\r\n", "\n").strip()
    named = next((one.id for one in knowledge.topics.values() if one.title == draft.topic.strip()), draft.topic.strip())
    return replace(draft, category=category, shortcut=normalised(draft.shortcut), title=title, text=text, topic=named)


def problems(draft: Draft, knowledge: KnowledgeBase, kept_topic: str = "") -> list[Problem]:
    """All that is wrong with a tidied draft; `kept_topic` is the topic that it had, which may be gone by now."""
    found = []
    if not 1 <= len(draft.title) <= LONGEST_TITLE:
        found.append(Problem("title", Refusal.TITLE_FORM, {"most": LONGEST_TITLE}))
    if len(draft.category) > LONGEST_CATEGORY:
        found.append(Problem("category", Refusal.CATEGORY_FORM, {"most": LONGEST_CATEGORY}))
    if draft.shortcut and not (_SHORTCUT.fullmatch(draft.shortcut) and len(draft.shortcut) <= LONGEST_SHORTCUT):
        found.append(Problem("shortcut", Refusal.SHORTCUT_FORM, {"most": LONGEST_SHORTCUT}))
    if draft.topic and draft.topic not in (*knowledge.topics, kept_topic):
        found.append(Problem("topic", Refusal.TOPIC_UNKNOWN, {"name": draft.topic[:40]}))
    return found + _of_text(draft.text)


def _of_text(text: str) -> list[Problem]:
    if not text:
        return [Problem("text", Refusal.TEXT_MISSING)]
    if len(text) > LONGEST_TEXT:
        return [Problem("text", Refusal.TEXT_LONG, {"most": LONGEST_TEXT, "length": len(text)})]
    if names := unknown(text):
        known = "、".join(f"{{{one.value}}}" for one in Variable)
        return [Problem("text", Refusal.UNKNOWN_VARIABLE, {"names": "、".join(names), "known": known})]
    return [Problem("text", Refusal.BRACES)] if stray_braces(text) else []
