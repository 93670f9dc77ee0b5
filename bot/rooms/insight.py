"""The pages at /admin/insight: what workers need, in figures."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.console.room import Room
from bot.insight import routes, words
from bot.insight.service import Insight
from bot.insight.views import InsightViews
from bot.storage.insight import MessagesSeen, OthersSeen, ReportRepository
from bot.storage.sessions import Sessions
from policies_kb import chinese_date
from policies_kb.model import KnowledgeBase


def services(sessions: Sessions, knowledge: Callable[[], KnowledgeBase], now: Callable[[], datetime]) -> Insight:
    """What makes the reports, while it is kept running, and gives them out."""
    return Insight(MessagesSeen(sessions), OthersSeen(sessions), ReportRepository(sessions), knowledge, now)


def room(insight: Insight) -> Room:
    """The pages."""
    told = words.load()
    return Room(
        tuple(routes.links(told)),
        lambda pages: routes.routes(InsightViews(insight, pages, told, chinese_date.today)),
    )
