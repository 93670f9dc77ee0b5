"""The one place where actions get their knowledge base."""

from __future__ import annotations

from functools import lru_cache

from policies_kb import loader
from policies_kb.model import KnowledgeBase


@lru_cache(maxsize=1)
def knowledge_base() -> KnowledgeBase:
    """The content that ships with the project, read once; raises ContentInvalid, so that bad content stops the start."""
    return loader.load()
