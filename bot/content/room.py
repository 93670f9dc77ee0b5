"""What the pages of the content work with."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from aiohttp import web

from bot.content.drafts import Drafts
from bot.content.preview import Render
from bot.content.publishing import Publishing
from bot.content.questions import TrainingQuestions
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase
from policies_kb.parts import Part, PartKind


@dataclass(frozen=True, slots=True)
class ContentRoom:
    """The services; `knowledge` is what is served now."""

    drafts: Drafts
    publishing: Publishing
    knowledge: Callable[[], KnowledgeBase]
    now: Callable[[], datetime]
    render: Render
    training: TrainingQuestions

    @property
    def today(self) -> date:
        """The day in China."""
        return self.now().astimezone(HERE).date()


_PLACES = {
    PartKind.DOCUMENT: "documents",
    PartKind.QUESTIONS: "questions",
    PartKind.SHARED: "shared",
    PartKind.TOPIC: "topics",
}


def part_of(request: web.Request) -> Part:
    """The part that an address names."""
    kind = next(kind for kind in PartKind if kind.value in request.match_info)
    return Part(kind, request.match_info[kind.value])


def address(part: Part) -> str:
    """The page of a part."""
    return f"/admin/content/{_PLACES[part.kind]}/{part.key}"
