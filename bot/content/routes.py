"""The addresses of this room, and whom each is for."""

from __future__ import annotations

from aiohttp import web

from bot.accounts.model import Right, may
from bot.console.page import action, page
from bot.console.rendering import Link
from bot.content.views.acts import ActsViews
from bot.content.views.edit import EditViews
from bot.content.views.entries import EntriesViews
from bot.content.views.parts import PartsViews
from bot.content.views.questions import QuestionsViews
from bot.content.views.topics import TopicsViews
from bot.content.words import Words
from policies_kb.parts import SHARED

_DRAFT, _APPROVE = may(Right.DRAFT), may(Right.APPROVE)
READ = _DRAFT | _APPROVE
_TOPIC = r"/admin/content/topics/{topic:[a-z0-9_]{1,64}}"
_SHARED = f"/admin/content/shared/{{shared:{'|'.join(SHARED)}}}"
_ENTRY = f"{_SHARED}/entries/{{entry:[a-z0-9_]{{1,64}}}}"
_QUESTIONS = r"/admin/content/questions/{questions:[a-z0-9_]{1,64}}"
DOCUMENT = r"/admin/content/documents/{document:[a-z0-9-]{1,64}}"


def routes(topics: TopicsViews, edit: EditViews, acts: ActsViews, parts: PartsViews) -> list[web.RouteDef]:
    """What the application adds to its router for topics, and for what can be done with any part."""
    return [
        page("/admin/content", topics.everything, roles=READ),
        page("/admin/content/", topics.to_list, roles=READ),
        page("/admin/content/new", edit.show_new, roles=_DRAFT),
        action("/admin/content/new", edit.save, roles=_DRAFT),
        action("/admin/content/preview", edit.preview, roles=_DRAFT),
        page(_TOPIC, topics.show, roles=READ),
        page(f"{_TOPIC}/edit", edit.show, roles=_DRAFT),
        action(f"{_TOPIC}/edit", edit.save, roles=_DRAFT),
        action(f"{_TOPIC}/retire", acts.retire, roles=_APPROVE),
        *(route for place in (_TOPIC, _SHARED, _QUESTIONS, DOCUMENT) for route in _acts(place, acts, parts)),
    ]


def part_routes(parts: PartsViews, entries: EntriesViews, questions: QuestionsViews) -> list[web.RouteDef]:
    """What it adds for shared files and for the questions of topics."""
    return [
        page("/admin/content/shared", parts.everything, roles=READ),
        page(_SHARED, parts.show, roles=READ),
        page(f"{_SHARED}/new", entries.show_new, roles=_DRAFT),
        action(f"{_SHARED}/new", entries.save, roles=_DRAFT),
        action(f"{_SHARED}/preview", entries.preview, roles=_DRAFT),
        page(_ENTRY, entries.show, roles=_DRAFT),
        action(_ENTRY, entries.save, roles=_DRAFT),
        page("/admin/content/questions", questions.everything, roles=READ),
        page(_QUESTIONS, parts.show, roles=READ),
        page(f"{_QUESTIONS}/edit", questions.show, roles=_DRAFT),
        action(f"{_QUESTIONS}/edit", questions.save, roles=_DRAFT),
    ]


def _acts(place: str, acts: ActsViews, parts: PartsViews) -> list[web.RouteDef]:
    return [
        page(f"{place}/compare", parts.compare, roles=READ),
        action(f"{place}/submit", acts.submit, roles=_DRAFT),
        action(f"{place}/withdraw", acts.withdraw, roles=_DRAFT),
        action(f"{place}/drop", acts.drop, roles=_DRAFT),
        action(f"{place}/publish", acts.publish, roles=_APPROVE),
        action(f"{place}/send-back", acts.send_back, roles=_APPROVE),
        action(f"{place}/unschedule", acts.unschedule, roles=_APPROVE),
        action(f"{place}/roll-back", acts.roll_back, roles=may(Right.ROLL_BACK)),
    ]


def links(words: Words) -> list[Link]:
    """What this room adds to the navigation."""
    return [Link("/admin/content", words.link.title, words.link.about, READ)]
