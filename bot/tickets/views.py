"""The page of requests to be called back; a number is shown to whoever has taken the request to call it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.accounts.model import User
from bot.console.form import form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.tickets.model import LONGEST_OUTCOME, Refusal, Refused, Ticket, TicketNotFound
from bot.tickets.room import TicketsRoom
from bot.tickets.words import Words

PATH = "/desk/tickets"
_SHOWN = 30


class TicketsViews:
    """What somebody else was faster with is said on the page as it is now."""

    def __init__(self, room: TicketsRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """The requests that are open, and the last that were dealt with."""
        return await self._page(request)

    async def take(self, request: web.Request) -> web.Response:
        """Take a request."""
        return await self._done(request, self._room.calling.take, "taken")

    async def give_back(self, request: web.Request) -> web.Response:
        """Give a request back."""
        return await self._done(request, self._room.calling.give_back, "released")

    async def finish(self, request: web.Request) -> web.Response:
        """Say what came of a request."""
        outcome = (await form_of(request)).text("outcome")

        async def finish(user: User, number: int) -> None:
            await self._room.calling.finish(user, number, outcome)

        return await self._done(request, finish, "done")

    async def _done(
        self, request: web.Request, act: Callable[[User, int], Awaitable[None]], notice: str
    ) -> web.Response:
        number = int(request.match_info["ticket"])
        try:
            await act(who_of(request).user, number)
        except TicketNotFound:
            raise web.HTTPNotFound from None
        except Refused as refused:
            return await self._page(request, refused.refusal)
        return self._pages.moved(f"{PATH}#ticket-{number}" if notice == "taken" else PATH, self._words.notices[notice])

    async def _page(self, request: web.Request, refusal: Refusal | None = None) -> web.Response:
        now, tickets = self._room.now(), self._room.tickets
        open_ = await tickets.open_()
        status = 200 if refusal is None else 422 if refusal is Refusal.OUTCOME else 409
        return self._pages.render(
            request,
            "tickets/tickets.html",
            status=status,
            errors={} if refusal is None else {"ticket": self._words.refusals[refusal.value]},
            told=self._words,
            open=[(ticket, self._late(ticket)) for ticket in open_],
            done=await tickets.done(_SHOWN),
            is_open=self._room.working.is_open(now),
            longest=LONGEST_OUTCOME,
        )

    def _late(self, ticket: Ticket) -> bool:
        return ticket.due_at is not None and ticket.due_at <= self._room.now()
