"""What is posted at the desk; a page gets a redirection with a notice, the page's script gets JSON."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import hdrs, web

from bot.accounts.model import User
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.hotline.desk import Desk
from bot.hotline.errors import CaseNotFound, Conflict, Refused
from bot.hotline.live import Seeing
from bot.hotline.room import HotlineRoom
from bot.hotline.words import Words
from bot.replies import words as reply_words
from bot.replies.errors import Marked, ReplyNotFound, Unfilled

Act = Callable[[Desk, User, int, Form], Awaitable[None]]


class ActViews:
    """Each view does one act on the handover that its address names."""

    def __init__(self, room: HotlineRoom, pages: Pages, words: Words) -> None:
        self._desk = room.desk
        self._seeing: Seeing = room.seeing
        self._pages = pages
        self._words = words
        self._marks = reply_words.load().marks

    async def claim(self, request: web.Request) -> web.Response:
        """Take a waiting conversation."""
        return await self._done(request, "claim", lambda desk, user, number, _: desk.claim(user, number))

    async def take(self, request: web.Request) -> web.Response:
        """Take a conversation from its owner."""
        return await self._done(
            request, "take", lambda desk, user, number, form: desk.take_over(user, number, form.text("reason"))
        )

    async def release(self, request: web.Request) -> web.Response:
        """Put a conversation back."""
        return await self._done(request, "release", lambda desk, user, number, _: desk.release(user, number))

    async def transfer(self, request: web.Request) -> web.Response:
        """Give a conversation to a person or a group."""
        return await self._done(
            request,
            "transfer",
            lambda desk, user, number, form: desk.transfer(user, number, form.text("to"), form.text("summary")),
        )

    async def close(self, request: web.Request) -> web.Response:
        """End a conversation."""
        return await self._done(
            request, "close", lambda desk, user, number, form: desk.close(user, number, form.text("outcome"))
        )

    async def note(self, request: web.Request) -> web.Response:
        """Write something down for the desk."""
        return await self._done(
            request, "note", lambda desk, user, number, form: desk.note(user, number, form.text("text"))
        )

    async def tag(self, request: web.Request) -> web.Response:
        """Replace the tags."""
        return await self._done(
            request, "tag", lambda desk, user, number, form: desk.tag(user, number, form.texts("tag"))
        )

    async def send(self, request: web.Request) -> web.Response:
        """Write to the worker."""
        return await self._done(
            request,
            "send",
            lambda desk, user, number, form: desk.send(
                user, number, form.text("key"), form.text("text"), form.text("reply")
            ),
        )

    async def seen(self, request: web.Request) -> web.Response:
        """Say that a person looks at a conversation, or types in it."""
        user, form, number = who_of(request).user, await form_of(request), int(request.match_info["handover"])
        try:
            await self._desk.case(number)
        except CaseNotFound:
            raise web.HTTPNotFound from None
        await self._seeing.seen(user, number, typing=form.text("typing") == "yes", gone=form.text("gone") == "yes")
        return web.json_response({})

    async def _done(self, request: web.Request, name: str, act: Act) -> web.Response:
        user, form, number = who_of(request).user, await form_of(request), int(request.match_info["handover"])
        status, told = 200, self._words.notices[name]
        try:
            await act(self._desk, user, number, form)
        except (CaseNotFound, ReplyNotFound) as error:
            if isinstance(error, CaseNotFound):
                raise web.HTTPNotFound from None
            status, told = 409, self._words.refusals["reply_gone"]
        except Marked as error:
            status, told = 409, self._words.refusals["marked"].format(told=self._marks[error.mark.value])
        except Unfilled as error:
            status, told = 422, self._words.refusals["unfilled"].format(names="、".join(error.missing))
        except Refused as error:
            status, told = (409 if isinstance(error, Conflict) else 422), self._words.refusals[error.refusal.value]
        if "application/json" in request.headers.get(hdrs.ACCEPT, ""):
            return web.json_response({"told": told}, status=status)
        return self._pages.moved(f"/desk/c/{number}", told)
