"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.unanswered.views.acts import ActsViews
from bot.unanswered.views.pages import PATH, PagesViews
from bot.unanswered.words import Words

_DRAFT = may(Right.DRAFT)
_READ = _DRAFT | may(Right.APPROVE)
_CLUSTER = rf"{PATH}/{{cluster:\d{{1,9}}}}"


def routes(pages: PagesViews, acts: ActsViews) -> list[web.RouteDef]:
    """What the application adds to its router for what was not answered."""
    return [
        page(PATH, pages.everything, roles=_READ),
        action(f"{PATH}/mine", acts.mine, roles=_READ),
        page(rf"{PATH}/conversations/{{exchange:\d{{1,18}}}}", pages.conversation, roles=_READ),
        page(_CLUSTER, pages.one, roles=_READ),
        action(f"{_CLUSTER}/topic", acts.topic, roles=_DRAFT),
        action(f"{_CLUSTER}/questions", acts.questions, roles=_DRAFT),
        action(f"{_CLUSTER}/ignore", acts.ignore, roles=_READ),
        action(f"{_CLUSTER}/reopen", acts.reopen, roles=_READ),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link(PATH, words.link.title, words.link.about, _READ)]
