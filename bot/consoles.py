"""Puts the consoles together: their services on the database, and their pages behind one guard."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Sequence
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
from bot.console.room import Room
from bot.privacy import key
from bot.settings import Settings
from bot.storage.audit import AuditRepository
from bot.storage.database import Database
from bot.storage.sessions import Sessions
from bot.storage.sign_in_failures import SignInFailureRepository
from bot.storage.user_sessions import UserSessionRepository
from bot.storage.users import UserRepository


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


@asynccontextmanager
async def opened(settings: Settings, now: Callable[[], datetime]) -> AsyncIterator[Consoles]:
    """The services alone, for the command line: without the assistant."""
    database = Database(settings.database_url)
    try:
        await database.migrate(key.pseudonyms(settings))
        yield services(settings, database.sessions, now)
    finally:
        await database.close()


def install(app: web.Application, settings: Settings, parts: Consoles, rooms: Sequence[Room]) -> None:
    """Add the consoles' pages and the guard before them; raises RouteUndeclared for one that is open to all."""
    words = account_words.load()
    cookies = Cookies(secure=not settings.demonstration)
    pages = Pages(cookies, [*(link for room in rooms for link in room.links), *accounts.links(words)], words)
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
    for room in rooms:
        app.add_routes(room.routes(pages))
    page.check(app.router.routes())
