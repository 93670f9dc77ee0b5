"""The pages at /admin/content: what is answered, written, approved and published."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
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
from bot.documents import routes as documents
from bot.documents import words as document_words
from bot.documents.edit_views import DocumentEditViews
from bot.documents.service import Papers
from bot.documents.views import DocumentsViews
from bot.exchange import routes as exchange
from bot.exchange import words as exchange_words
from bot.exchange.service import Exchange
from bot.exchange.views import ExchangeViews
from bot.storage.content import ContentRepository
from bot.storage.editions import EditionRepository
from bot.storage.sessions import Sessions
from bot.storage.uploads import UploadRepository
from bot.wechat.text import render
from policies_kb.checks import questions
from policies_kb.parts import PartKind


@dataclass(frozen=True, slots=True)
class Contents:
    """What the pages of topics, documents, and of import and export work with."""

    room: ContentRoom
    papers: Papers
    exchange: Exchange


def services(
    sessions: Sessions, knowledge: LiveKnowledge, now: Callable[[], datetime], understands: Understands
) -> Contents:
    """The content's services; this process serves what is published here at once."""
    store = ContentRepository(sessions)
    drafts = Drafts(store, now)
    publishing = Publishing(store, drafts, now, knowledge.refresh)
    training = TrainingQuestions(lambda: questions.read(NLU_DATA)[0], store, understands)
    room = ContentRoom(drafts, publishing, knowledge, now, render, training)
    exchanging = Exchange(store, UploadRepository(sessions), training, now)
    return Contents(room, Papers(EditionRepository(sessions), now), exchanging)


def room(made: Contents) -> Room:
    """The pages; see `services` for what they work with."""
    parts, told, named = made.room, words.load(), document_words.load()

    def routed(pages: Pages) -> list[web.RouteDef]:
        topics, others = TopicsViews(parts, pages, told), PartsViews(parts, pages, told)
        papers = DocumentsViews(parts, made.papers, others, pages, named)
        shown = {
            PartKind.TOPIC: topics.shown,
            PartKind.SHARED: others.shown,
            PartKind.QUESTIONS: others.shown,
            PartKind.DOCUMENT: papers.shown,
        }
        edit, acts = EditViews(parts, pages, told), ActsViews(parts, pages, shown, told)
        entries, asked = EntriesViews(parts, pages, told), QuestionsViews(parts, pages, told)
        return [
            *routes.routes(topics, edit, acts, others),
            *routes.part_routes(others, entries, asked),
            *documents.routes(papers, DocumentEditViews(parts, made.papers, papers, pages, named)),
            *exchange.routes(ExchangeViews(parts, made.exchange, pages, exchange_words.load())),
        ]

    return Room(tuple(routes.links(told)), routed)
