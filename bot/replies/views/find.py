"""The search page for calls, and what the desk's composer asks: replies as JSON, and a reply filled in."""

from __future__ import annotations

from typing import Any

from aiohttp import web

from bot.accounts.model import User
from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.replies.errors import Marked, ReplyNotFound, Unfilled
from bot.replies.filling import prefilled, prompts
from bot.replies.index import Wanted
from bot.replies.model import Card, Scope
from bot.replies.room import RepliesRoom
from bot.replies.spoken import spoken
from bot.replies.words import Words

_SHOWN = 20
_PROMPT = "fill-"
_LONGEST_VALUE = 200


class FindViews:
    """For agents, and for those who look after the team's replies."""

    def __init__(self, room: RepliesRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def show(self, request: web.Request) -> web.Response:
        """The page; with `part=results` only what was found, for the page's script."""
        user, wanted, desk = who_of(request).user, _wanted(request), self._room.desk
        found = await desk.search(user, wanted, _SHOWN)
        chosen = request.query.get("key", "")
        results = request.query.get("part") == "results"
        return self._pages.render(
            request,
            "replies/results.html" if results else "replies/find.html",
            told=self._words,
            wanted=wanted,
            found=[self._told(user, card) for card in found],
            chosen=chosen if any(card.key == chosen for card in found) else next((card.key for card in found), ""),
            categories=await desk.categories(user),
        )

    async def search(self, request: web.Request) -> web.Response:
        """The replies as JSON, with what is known filled in."""
        user, limit = who_of(request).user, request.query.get("limit", "")
        size = int(limit) if limit.isascii() and limit.isdecimal() and len(limit) < 5 else _SHOWN
        found = await self._room.desk.search(user, _wanted(request), size)
        return web.json_response({"replies": [self._told(user, card) for card in found]})

    async def fill(self, request: web.Request) -> web.Response:
        """A reply as it may be said or sent, as JSON, or what is missing; `act=use` counts the use."""
        user, form, desk = who_of(request).user, await form_of(request), self._room.desk
        key, values = form.text("key"), _values(form)
        try:
            text = await desk.fill(user, key, values)
            if form.text("act") == "use":
                await desk.used(user, key)
        except ReplyNotFound:
            raise web.HTTPNotFound from None
        except Marked as marked:
            return web.json_response(
                {"mark": marked.mark.value, "told": self._words.marks[marked.mark.value]}, status=409
            )
        except Unfilled as unfilled:
            told = self._words.unfilled.format(names="、".join(unfilled.missing))
            text = prefilled((await desk.card(user, key)).text, {**values, **desk.values(user)})
            answer = {"missing": unfilled.missing, "told": told, "text": text, "spoken": spoken(text)}
            return web.json_response(answer, status=422)
        return web.json_response({"text": text, "spoken": spoken(text)})

    def _told(self, user: User, card: Card) -> dict[str, Any]:
        text = prefilled(card.text, self._room.desk.values(user))
        return {
            "key": card.key,
            "scope": card.scope.value,
            "category": card.category,
            "shortcut": card.shortcut,
            "title": card.title,
            "text": text,
            "spoken": spoken(text),
            "prompts": prompts(text),
            "about": card.about,
            "source": card.source,
            "contact": card.contact,
            "mark": card.mark.value if card.mark else None,
            "told": self._words.marks[card.mark.value] if card.mark else "",
            "uses": self._room.desk.uses(card.key),
        }


def _wanted(request: web.Request) -> Wanted:
    scope = request.query.get("scope", "")
    known = scope if scope in {one.value for one in Scope} else ""
    return Wanted(request.query.get("q", "")[:100], known, request.query.get("category", "")[:40])


def _values(form: Form) -> dict[str, str]:
    return {name.removeprefix(_PROMPT): form.text(name)[:_LONGEST_VALUE] for name in form.names(_PROMPT)}
