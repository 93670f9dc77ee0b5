"""What the pages of the content work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from bot.content.drafts import Drafts
from bot.content.preview import Render
from bot.content.publishing import Publishing
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase
from policies_kb.parts import Part, topic_part


@dataclass(frozen=True, slots=True)
class ContentRoom:
    """The services; `knowledge` is what is served now."""

    drafts: Drafts
    publishing: Publishing
    knowledge: Callable[[], KnowledgeBase]
    now: Callable[[], datetime]
    render: Render

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now().astimezone(HERE).date()


def part_of(request: web.Request) -> Part:
    """The topic that an address names."""
    return topic_part(request.match_info["topic"])


def address(part: Part) -> str:
    """The page of a topic."""
    return f"/admin/content/topics/{part.key}"
