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
from bot.content.room import ContentRoom
from bot.content.views.acts import ActsViews
from bot.content.views.edit import EditViews
from bot.content.views.topics import TopicsViews
from bot.settings import Settings
from bot.storage.audit import AuditRepository
from bot.storage.content import ContentRepository
from bot.storage.database import Database
from bot.storage.sessions import Sessions
from bot.storage.sign_in_failures import SignInFailureRepository
from bot.storage.user_sessions import UserSessionRepository
from bot.storage.users import UserRepository
from bot.switches import routes as switches
from bot.switches import words as switch_words
from bot.switches.live import LiveSwitches
from bot.switches.views import SwitchesViews
from bot.wechat.text import render


@dataclass(frozen=True, slots=True)
class Consoles:
    """What the consoles and the commands about accounts work with."""

    door: Door
    own: OwnAccount
    users: UserAdministration
    log: AuditRepository


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


def contents(sessions: Sessions, knowledge: LiveKnowledge, now: Callable[[], datetime]) -> ContentRoom:
    """The content's services; this process serves what is published here at once."""
    store = ContentRepository(sessions)
    drafts = Drafts(store, now)
    return ContentRoom(drafts, Publishing(store, drafts, now, knowledge.refresh), knowledge, now, render)


@asynccontextmanager
async def opened(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Consoles]:
    """The services alone, for the command line: without the assistant."""
    database = Database(settings.database_url)
    try:
        await database.migrate()
        yield services(settings, database.sessions, now)
    finally:
        await database.close()


def install(app: web.Application, settings: Settings, parts: Consoles, room: ContentRoom, stops: LiveSwitches) -> None:
    """Add the consoles' pages and the guard before them; raises RouteUndeclared for one that is open to all."""
    words = account_words.load()
    cookies = Cookies(secure=not settings.demonstration)
    told = content_words.load()
    said = switch_words.load()
    pages = Pages(cookies, [*content.links(told), *switches.links(said), *accounts.links(words)], words)
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
    topics = TopicsViews(room, pages, told)
    app.add_routes(
        content.routes(topics, EditViews(room, pages, told), ActsViews(room, pages, topics, told)),
    )
    app.add_routes(switches.routes(SwitchesViews(stops, room.knowledge, pages, said)))
    page.check(app.router.routes())
