"""A process with its desk and its conversation over a real database, and the people on both sides."""

from __future__ import annotations

import itertools
from datetime import datetime, timedelta

from sqlalchemy import select

from bot.accounts.audit import COMMAND_LINE
from bot.accounts.model import Role, User
from bot.assistant.port import Reply, Understanding
from bot.conversation.chain import Voices
from bot.conversation.ports import Said, Waiting
from bot.hotline.model import Case, Reason, State
from bot.hotline.ports import Begun
from bot.hotline.room import HotlineRoom
from bot.hours.model import Targets
from bot.hours.port import EVERYBODY
from bot.rooms import hotline
from bot.rooms import replies as replies_room
from bot.storage import hotline_turns
from bot.storage.database import Database
from bot.storage.tables import Exchange, Outgoing
from tests.accounts.cast import PASSWORD, parts
from tests.accounts.cast import SetClock as AccountsClock
from tests.conversation.cast import Cast, FakeRoute
from tests.factories import knowledge
from tests.fakes import SetClock

_KEYS = itertools.count(1)
"""No two messages are the same, whichever process they come to."""
MISS = Understanding("oos", "unknown", 0.6)
HELP = Understanding("handoff", None, 0.9)


class SetHours:
    """Open or closed as the test sets it; all time is working time."""

    def __init__(self) -> None:
        self.opening: datetime | None = None
        self.open = True
        self.free = timedelta()

    def is_open(self, moment: datetime, team: str = EVERYBODY) -> bool:
        """As it is set."""
        return self.open

    def next_opening(self, moment: datetime, team: str = EVERYBODY) -> datetime | None:
        """As it is set."""
        return self.opening

    def worked(self, since: datetime, until: datetime, team: str = EVERYBODY) -> timedelta:
        """All of it."""
        return until - since

    def due(self, moment: datetime, working: timedelta, team: str = EVERYBODY) -> datetime | None:
        """So much later, after what is free."""
        return moment + working + self.free

    def targets(self, team: str = EVERYBODY) -> Targets:
        """Ten minutes, and half an hour."""
        return Targets(10, 30)


def person(number: int, *roles: Role) -> User:
    """An account that only exists for the desk."""
    name = f"p{number}"
    return User(
        number, name, f"{name} 同志", frozenset(roles or (Role.AGENT,)), False, False, False, SetClock()(), None
    )


class Hotline:
    """One process; another one over the same database is made with the same clock."""

    def __init__(self, database: Database, clock: SetClock) -> None:
        self.database, self.clock, self.hours = database, clock, SetHours()
        self.route = FakeRoute()
        canned = replies_room.services(database.sessions, knowledge, clock)
        self.canned = canned
        ways = {"wechat": self.route}
        self.room: HotlineRoom = hotline.services(database.sessions, ways, canned.desk, self.hours, knowledge, clock)
        self.speak(self.room.voices)
        self.desk = self.room.desk

    def speak(self, voices: Voices) -> None:
        """Let these be heard in its conversations."""
        self.cast = Cast(self.database, self.clock, voices=voices, route=self.route)

    async def says(self, text: str, channel: str = "wechat", sender: str = "worker") -> list[str]:
        """What a worker is told to a message."""
        return [message.text for message in (await self.reply(text, channel, sender)).messages]

    async def reply(self, text: str, channel: str = "wechat", sender: str = "worker") -> Reply:
        """The reply to a worker's message."""
        self.clock.passes(1)
        return await self.cast.say(text, f"k{next(_KEYS)}", sender, channel)

    async def case(self) -> Case:
        """The only open handover."""
        (case,) = await self.room.cases.open_()
        return case

    async def claimed(self, user: User) -> Case:
        """A handover that was asked for and claimed."""
        await self.says("人工")
        await self.desk.claim(user, (await self.case()).id)
        case = await self.case()
        assert case.state is State.AGENT
        return case

    async def letters(self) -> list[Outgoing]:
        """The outbox."""
        async with self.database.sessions() as session:
            return list(await session.scalars(select(Outgoing).order_by(Outgoing.id)))


async def staff(database: Database, *roles: Role) -> User:
    """An account in the database, without which nobody works at the desk."""
    made = parts(database.sessions, AccountsClock())
    held = frozenset(roles or (Role.AGENT,))
    await made.users.add(COMMAND_LINE, "agent", "坐席甲", held, PASSWORD, temporary=False)
    return await made.users.named("agent")


async def handed_over(database: Database, at: datetime, sender: str = "worker") -> None:
    """Let a worker who sent a picture wait for a person."""
    said = {"channel": "wechat", "sender": sender, "text": "", "canned": "image_unread", "media": "picture"}
    async with database.sessions.begin() as session:
        session.add(Exchange(key="0", received_at=at, replied_at=at, **said))
    message = Waiting(1, Said("wechat", sender, "1", "人工"))
    begun = Begun(Reason.ASKED, "", None)
    await database.sessions.transact(lambda connection: hotline_turns.begin(connection, message, begun, at))
