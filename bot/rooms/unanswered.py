"""The pages at /admin/unanswered: what was not answered, gathered in the background."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from aiohttp import web

from bot.assistant.training import NLU_DATA
from bot.console.rendering import Pages
from bot.console.room import Room
from bot.content import words as content_words
from bot.content.questions import Understands
from bot.content.room import ContentRoom
from bot.storage.clusters import ClusterRepository
from bot.storage.content import ContentRepository
from bot.storage.privacy import PrivacyRepository
from bot.storage.sessions import Sessions
from bot.unanswered import routes, words
from bot.unanswered.deciding import Deciding
from bot.unanswered.features import load
from bot.unanswered.mining import Mining
from bot.unanswered.room import UnansweredRoom
from bot.unanswered.views.acts import ActsViews
from bot.unanswered.views.pages import PagesViews
from policies_kb.checks import questions


def services(
    sessions: Sessions, content: ContentRoom, understands: Understands, now: Callable[[], datetime]
) -> UnansweredRoom:
    """What the pages work with; `mining` also runs beside the requests."""
    clusters = ClusterRepository(sessions)
    mining = Mining(clusters, PrivacyRepository(sessions), lambda: load(_common), now)
    deciding = Deciding(clusters, ContentRepository(sessions), content.training, content.knowledge, now)
    return UnansweredRoom(clusters, mining, deciding, content.knowledge, understands)


def room(parts: UnansweredRoom) -> Room:
    """The pages; see `services` for what they work with."""
    told = words.load()

    def routed(pages: Pages) -> list[web.RouteDef]:
        shown = PagesViews(parts, pages, told, content_words.load())
        return routes.routes(shown, ActsViews(parts, pages, shown, told))

    return Room(tuple(routes.links(told)), routed)


def _common() -> Sequence[str]:
    return [question.text for question in questions.read(NLU_DATA)[0]]
