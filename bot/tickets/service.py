"""What agents do with requests: take one to call the worker, give it back, and say what came of it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from bot.accounts.audit import Entry, actor
from bot.accounts.model import User
from bot.tickets.model import LONGEST_OUTCOME, Refusal, Refused, Ticket, TicketNotFound
from bot.tickets.ports import Tickets


class CallingBack:
    """Of several who take a request at once one gets it."""

    def __init__(self, tickets: Tickets, now: Callable[[], datetime]) -> None:
        self._tickets = tickets
        self._now = now

    async def take(self, user: User, number: int) -> None:
        """Take a request that nobody has; raises TicketNotFound, Refused."""
        ticket = await self._open(number)
        if ticket.owner == user.id:
            return
        if ticket.owner is not None or not await self._tickets.own(
            number, None, user, self._entry(user, number, "claim")
        ):
            raise Refused(Refusal.TAKEN)

    async def give_back(self, user: User, number: int) -> None:
        """Let others take it; raises TicketNotFound, Refused."""
        await self._open(number)
        if not await self._tickets.own(number, user.id, None, self._entry(user, number, "release")):
            raise Refused(Refusal.NOT_YOURS)

    async def finish(self, user: User, number: int, outcome: str) -> None:
        """Say what came of it; raises TicketNotFound, Refused."""
        await self._open(number)
        if not 0 < len(outcome) <= LONGEST_OUTCOME:
            raise Refused(Refusal.OUTCOME)
        entry = self._entry(user, number, "close")
        if not await self._tickets.finish(number, user.id, outcome, self._now(), entry):
            raise Refused(Refusal.NOT_YOURS)

    async def _open(self, number: int) -> Ticket:
        ticket = await self._tickets.numbered(number)
        if ticket is None:
            raise TicketNotFound(number)
        if ticket.done_at is not None:
            raise Refused(Refusal.DONE)
        return ticket

    def _entry(self, user: User, number: int, verb: str) -> Entry:
        # What a worker wrote, and what came of it, is deleted with his data: neither stands in the audit log.
        return Entry(self._now(), actor(user), verb, "ticket", str(number))
