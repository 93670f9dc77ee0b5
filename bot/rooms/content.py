"""The pages at /admin/content: what is answered, written, approved and published."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from aiohttp import web

from bot.assistant.training import NLU_DATA
from bot.console.rendering import Pages
from bot.console.room import Room
from bot.content import routes, words
from bot.content.drafts import Drafts
from bot.content.live import LiveKnowledge
from bot.content.publishing import Publishing
from bot.content.questions import TrainingQuestions, Understands
from bot.content.room import ContentRoom
from bot.content.views.acts import ActsViews
from bot.content.views.edit import EditViews
from bot.content.views.entries import EntriesViews
from bot.content.views.parts import PartsViews
from bot.content.views.questions import QuestionsViews
from bot.content.views.topics import TopicsViews
from bot.storage.content import ContentRepository
from bot.storage.sessions import Sessions
from bot.wechat.text import render
from policies_kb.checks import questions
from policies_kb.parts import PartKind


def services(
    sessions: Sessions, knowledge: LiveKnowledge, now: Callable[[], datetime], understands: Understands
) -> ContentRoom:
    """The content's services; this process serves what is published here at once."""
    store = ContentRepository(sessions)
    drafts = Drafts(store, now)
    publishing = Publishing(store, drafts, now, knowledge.refresh)
    training = TrainingQuestions(lambda: questions.read(NLU_DATA)[0], store, understands)
    return ContentRoom(drafts, publishing, knowledge, now, render, training)


def room(parts: ContentRoom) -> Room:
    """The pages; see `services` for what they work with."""
    told = words.load()

    def routed(pages: Pages) -> list[web.RouteDef]:
        topics, others = TopicsViews(parts, pages, told), PartsViews(parts, pages, told)
        shown = {
            PartKind.TOPIC: topics.shown,
            PartKind.SHARED: others.shown,
            PartKind.QUESTIONS: others.shown,
            PartKind.DOCUMENT: others.shown,
        }
        edit, acts = EditViews(parts, pages, told), ActsViews(parts, pages, shown, told)
        entries, asked = EntriesViews(parts, pages, told), QuestionsViews(parts, pages, told)
        return [*routes.routes(topics, edit, acts, others), *routes.part_routes(others, entries, asked)]

    return Room(tuple(routes.links(told)), routed)
