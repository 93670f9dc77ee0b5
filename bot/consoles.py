"""Puts the consoles together: their services on the database, and their pages behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

from aiohttp import web
from argon2 import PasswordHasher

from bot.accounts import routes as accounts
from bot.accounts import words as account_words
from bot.accounts.door import Door, Lifetime
from bot.accounts.own import OwnAccount
from bot.accounts.passwords import Passwords
from bot.accounts.users import UserAdministration
from bot.accounts.views.audit import AuditViews
from bot.accounts.views.door import DoorViews
from bot.accounts.views.own import OwnAccountViews
from bot.accounts.views.users import UsersViews
from bot.assistant.training import NLU_DATA
from bot.console import page
from bot.console.address import visit_through
from bot.console.cookies import Cookies
from bot.console.guard import Guard, add_headers
from bot.console.rendering import Pages
from bot.content import routes as content
from bot.content import words as content_words
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
from bot.settings import Settings
from bot.storage.audit import AuditRepository
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.editions import EditionRepository
from bot.storage.sessions import Sessions
from bot.storage.sign_in_failures import SignInFailureRepository
from bot.storage.uploads import UploadRepository
from bot.storage.user_sessions import UserSessionRepository
from bot.storage.users import UserRepository
from bot.wechat.text import render
from policies_kb.checks import questions
from policies_kb.parts import PartKind


@dataclass(frozen=True, slots=True)
class Consoles:
    """What the consoles and the commands about accounts work with."""

    door: Door
    own: OwnAccount
    users: UserAdministration
    log: AuditRepository


@dataclass(frozen=True, slots=True)
class Contents:
    """What the pages of topics, documents, and of import and export work with."""

    room: ContentRoom
    papers: Papers
    exchange: Exchange


def services(
    settings: Settings, sessions: Sessions, now: Callable[[], datetime], hasher: PasswordHasher | None = None
) -> Consoles:
    """The services on a database that is up to date; the hasher has the library's parameters."""
    users, kept = UserRepository(sessions), UserSessionRepository(sessions)
    passwords = Passwords(hasher or PasswordHasher())
    lifetime = Lifetime(timedelta(minutes=settings.session_idle_minutes), timedelta(hours=settings.session_hours))
    door = Door(users, kept, SignInFailureRepository(sessions), passwords, lifetime, now)
    return Consoles(
        door,
        OwnAccount(users, kept, passwords, door.alive, now),
        UserAdministration(users, kept, passwords, door.alive, now),
        AuditRepository(sessions),
    )


def contents(
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


@asynccontextmanager
async def opened(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Consoles]:
    """The services alone, for the command line: without the assistant."""
    database = Database(settings.database_url)
    try:
        await database.migrate()
        yield services(settings, database.sessions, now)
    finally:
        await database.close()


def install(app: web.Application, settings: Settings, parts: Consoles, made: Contents) -> None:
    """Add the consoles' pages and the guard before them; raises RouteUndeclared for one that is open to all."""
    words = account_words.load()
    cookies = Cookies(secure=not settings.demonstration)
    told = content_words.load()
    pages = Pages(cookies, [*content.links(told), *accounts.links(words)], words)
    app.middlewares.append(Guard(parts.door, cookies, pages, words).middleware())
    app.on_response_prepare.append(add_headers)
    app.add_routes(
        accounts.routes(
            DoorViews(parts.door, pages, cookies, visit_through(settings.proxies), words),
            OwnAccountViews(parts.own, pages, words),
            UsersViews(parts.users, pages, words),
            AuditViews(parts.log, pages, words),
        )
    )
    _install_content(app, made, pages, told)
    page.check(app.router.routes())


def _install_content(app: web.Application, made: Contents, pages: Pages, told: content_words.Words) -> None:
    room = made.room
    topics, parts = TopicsViews(room, pages, told), PartsViews(room, pages, told)
    papers = DocumentsViews(room, made.papers, parts, pages, document_words.load())
    shown = {
        PartKind.TOPIC: topics.shown,
        PartKind.SHARED: parts.shown,
        PartKind.QUESTIONS: parts.shown,
        PartKind.DOCUMENT: papers.shown,
    }
    acts = ActsViews(room, pages, shown, told)
    app.add_routes(content.routes(topics, EditViews(room, pages, told), acts, parts))
    app.add_routes(
        content.part_routes(parts, EntriesViews(room, pages, told), QuestionsViews(room, pages, told)),
    )
    app.add_routes(documents.routes(papers, DocumentEditViews(room, made.papers, papers, pages, document_words.load())))
    app.add_routes(exchange.routes(ExchangeViews(room, made.exchange, pages, exchange_words.load())))
