"""The pages on which replies are written, archived, and confirmed where their topic has changed."""

from __future__ import annotations

from collections.abc import Awaitable, Callable

from aiohttp import web

from bot.console.form import Form, form_of
from bot.console.rendering import Pages
from bot.console.request import who_of
from bot.replies.errors import Conflict, NotYours, Refused, ReplyNotFound
from bot.replies.filling import Variable
from bot.replies.keeping import may_share, may_write
from bot.replies.model import TEAM, Draft, Reply
from bot.replies.room import RepliesRoom
from bot.replies.words import Words
from policies_kb.answer import hotline_answer

LIST = "/desk/replies/own"


class KeepViews:
    """Everybody keeps replies of their own; the team's are kept by those with the right."""

    def __init__(self, room: RepliesRoom, pages: Pages, words: Words) -> None:
        self._room = room
        self._pages = pages
        self._words = words

    async def everything(self, request: web.Request) -> web.Response:
        """The team's replies and one's own; those that wait for confirmation first."""
        user, keeping = who_of(request).user, self._room.keeping
        rows = [(reply, keeping.mark(reply)) for reply in await keeping.listed(user)]
        rows.sort(key=lambda row: (row[1] is None, row[0].owner == TEAM, row[0].draft.category, row[0].draft.title))
        waiting = sum(mark is not None for _, mark in rows)
        return self._pages.render(
            request, "replies/list.html", told=self._words, rows=rows, waiting=waiting, may_share=may_share(user)
        )

    async def show_new(self, request: web.Request) -> web.Response:
        """The form of a reply that is not kept yet; `topic` is the one to bind it to."""
        topic = self._room.knowledge().topics.get(request.query.get("topic", ""))
        text = request.query.get("text", "")[:600]
        draft = Draft("", "", topic.title if topic else "", text, topic.title if topic else "")
        return self._form(request, draft)

    async def add(self, request: web.Request) -> web.Response:
        """Keep it."""
        form = await form_of(request)
        draft, shared = _draft(form), form.text("scope") == "team"
        try:
            await self._room.keeping.add(who_of(request).user, draft, shared=shared)
        except NotYours:
            raise web.HTTPForbidden from None
        except Refused as refused:
            return self._form(request, draft, shared=shared, refused=refused)
        return self._pages.moved(LIST, self._words.notices["added" if shared else "added_own"])

    async def show(self, request: web.Request) -> web.Response:
        """The form of a reply, or for those who may not change it its text."""
        reply = await self._reply(request)
        return self._form(request, reply.draft, reply)

    async def save(self, request: web.Request) -> web.Response:
        """Save over the version that was seen; else the form stays as it was entered, with what the other has saved."""
        form, reply_id = await form_of(request), int(request.match_info["reply"])
        draft = _draft(form)
        try:
            await self._room.keeping.save(who_of(request).user, reply_id, _number(form), draft)
        except Refused as refused:
            return self._form(request, draft, await self._reply(request), refused=refused, seen=_number(form))
        except Conflict as conflict:
            return self._form(request, draft, conflict.latest, conflict=conflict.latest)
        except NotYours:
            raise web.HTTPForbidden from None
        except ReplyNotFound:
            raise web.HTTPNotFound from None
        return self._pages.moved(LIST, self._words.notices["saved"])

    async def archive(self, request: web.Request) -> web.Response:
        """Offer it no longer."""
        form, user = await form_of(request), who_of(request).user
        reason = form.text("reason")[:500]
        return await self._acted(
            request, "archived", lambda reply: self._room.keeping.archive(user, reply, _number(form), reason)
        )

    async def confirm(self, request: web.Request) -> web.Response:
        """Say that it fits its topic as it is now."""
        form, user = await form_of(request), who_of(request).user
        standing, reason = form.text("standing")[:64], form.text("reason")[:500]
        return await self._acted(
            request, "confirmed", lambda reply: self._room.keeping.confirm(user, reply, _number(form), standing, reason)
        )

    async def _acted(self, request: web.Request, notice: str, act: Callable[[int], Awaitable[None]]) -> web.Response:
        try:
            await act(int(request.match_info["reply"]))
        except Refused as refused:
            reply = await self._reply(request)
            return self._form(request, reply.draft, reply, refused=refused)
        except Conflict as conflict:
            return self._form(request, conflict.latest.draft, conflict.latest, conflict=conflict.latest)
        except NotYours:
            raise web.HTTPForbidden from None
        except ReplyNotFound:
            raise web.HTTPNotFound from None
        return self._pages.moved(LIST, self._words.notices[notice])

    async def _reply(self, request: web.Request) -> Reply:
        try:
            return await self._room.keeping.reply(who_of(request).user, int(request.match_info["reply"]))
        except ReplyNotFound:
            raise web.HTTPNotFound from None

    def _form(
        self,
        request: web.Request,
        draft: Draft,
        reply: Reply | None = None,
        *,
        shared: bool = False,
        seen: int | None = None,
        refused: Refused | None = None,
        conflict: Reply | None = None,
    ) -> web.Response:
        user, knowledge = who_of(request).user, self._room.knowledge()
        topic = knowledge.topics.get(draft.topic)
        bound = knowledge.topics.get(reply.draft.topic) if reply else None
        return self._pages.render(
            request,
            "replies/edit.html",
            status=422 if refused else 409 if conflict else 200,
            errors=self._words.problems(refused) if refused else {},
            told=self._words,
            draft=draft,
            topic_title=topic.title if topic else draft.topic,
            reply=reply,
            seen=seen or (reply.version if reply else 0),
            shared=reply.owner == TEAM if reply else shared,
            mark=self._room.keeping.mark(reply) if reply else None,
            standing=self._room.keeping.standing(reply) if reply else "",
            wording=hotline_answer(knowledge, bound, {}) if bound else "",
            conflict=conflict,
            topics=[one.title for one in knowledge.topics.values()],
            variables=[one.value for one in Variable],
            may_share=may_share(user),
            may_write=reply is None or may_write(user, reply),
        )


def _draft(form: Form) -> Draft:
    names = ("category", "shortcut", "title", "text", "topic")
    return Draft(**{name: form.text(name)[:2000] for name in names})


def _number(form: Form) -> int:
    text = form.text("seen")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 9 else 0
