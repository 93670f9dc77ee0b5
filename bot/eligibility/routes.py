"""What the application adds to its router to serve eligibility."""

from __future__ import annotations

from aiohttp import web

from bot.eligibility.pages import EligibilityPages
from bot.eligibility.service import EligibilityService
from bot.eligibility.views import EligibilityViews


def routes(service: EligibilityService) -> list[web.RouteDef]:
    """The interface and the pages."""
    views, pages = EligibilityViews(service), EligibilityPages(service)
    return [
        web.get("/api/eligibility", views.topics),
        web.post("/api/eligibility", views.verdict),
        web.get("/eligibility", pages.topics),
        web.get("/eligibility/{topic}", pages.start),
        web.post("/eligibility/{topic}", pages.answer),
    ]
