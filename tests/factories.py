"""Builds small things to test with; what a test does not care about has a plain value."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import msgspec

from bot import settings
from bot.assistant.port import Message, Reply, Understanding
from bot.settings import Settings
from policies_kb import loader
from policies_kb.model import KnowledgeBase, Topic

PRIVACY_KEY = "a key of the tests, 32 characters"
CONTENT = Path(__file__).parent / "content"
"""A content folder that passes every check: topics with and without a rule, one expired, and a small paper."""


@lru_cache(maxsize=1)
def knowledge() -> KnowledgeBase:
    """The knowledge base of CONTENT."""
    return loader.load(CONTENT)


def topic(topic_id: str = "annuity", **changes: Any) -> Topic:
    """A topic of CONTENT with other values."""
    return msgspec.structs.replace(knowledge().topics[topic_id], **changes)


def with_topic(*changed: Topic) -> KnowledgeBase:
    """The knowledge base with topics added, or put in the place of those with the same id."""
    topics = {**knowledge().topics, **{one.id: one for one in changed}}
    return msgspec.structs.replace(knowledge(), topics=topics)


def reply(text: str = "an answer", *options: str, understanding: Understanding | None = None) -> Reply:
    """A reply of one message."""
    return Reply((Message(text, options),), understanding)


def settings_in(data_dir: Path, **variables: str) -> Settings:
    """Settings that keep everything below a folder; `variables` are those of the environment."""
    own = {"DATA_DIR": str(data_dir), "WECHAT_TOKEN": "token", "PRIVACY_KEY": PRIVACY_KEY}
    return settings.read({**own, **variables})
