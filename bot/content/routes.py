"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.content.views.acts import ActsViews
from bot.content.views.edit import EditViews
from bot.content.views.topics import TopicsViews
from bot.content.words import Words

_DRAFT, _APPROVE = may(Right.DRAFT), may(Right.APPROVE)
_READ = _DRAFT | _APPROVE
_TOPIC = r"/admin/content/topics/{topic:[a-z0-9_]{1,64}}"


def routes(topics: TopicsViews, edit: EditViews, acts: ActsViews) -> list[web.RouteDef]:
    """What the application adds to its router for the content."""
    return [
        page("/admin/content", topics.everything, roles=_READ),
        page("/admin/content/", topics.to_list, roles=_READ),
        page("/admin/content/new", edit.show_new, roles=_DRAFT),
        action("/admin/content/new", edit.save, roles=_DRAFT),
        action("/admin/content/preview", edit.preview, roles=_DRAFT),
        page(_TOPIC, topics.show, roles=_READ),
        page(f"{_TOPIC}/compare", topics.compare, roles=_READ),
        page(f"{_TOPIC}/edit", edit.show, roles=_DRAFT),
        action(f"{_TOPIC}/edit", edit.save, roles=_DRAFT),
        action(f"{_TOPIC}/submit", acts.submit, roles=_DRAFT),
        action(f"{_TOPIC}/withdraw", acts.withdraw, roles=_DRAFT),
        action(f"{_TOPIC}/drop", acts.drop, roles=_DRAFT),
        action(f"{_TOPIC}/publish", acts.publish, roles=_APPROVE),
        action(f"{_TOPIC}/send-back", acts.send_back, roles=_APPROVE),
        action(f"{_TOPIC}/unschedule", acts.unschedule, roles=_APPROVE),
        action(f"{_TOPIC}/retire", acts.retire, roles=_APPROVE),
        action(f"{_TOPIC}/roll-back", acts.roll_back, roles=may(Right.ROLL_BACK)),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link("/admin/content", words.link.title, words.link.about, _READ)]
