"""Writing canned replies: nobody overwrites what he has not seen, and shared ones are changed by those with the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.accounts.audit import Entry, Values, actor
from bot.accounts.model import Right, User
from bot.replies.drafting import problems, tidied
from bot.replies.errors import Conflict, NotYours, Problem, Refusal, Refused, ReplyNotFound
from bot.replies.live import LiveReplies
from bot.replies.model import TEAM, Draft, Mark, Reply
from bot.replies.ports import Change, NewReply, Replies, Taken
from bot.replies.standing import mark_of

RIGHT = Right.APPROVE
"""Shared replies reach every desk without a second person, so they are written by those who may approve content."""


def may_share(user: User) -> bool:
    """Whether a person may write the team's replies, and confirm those whose topic has changed."""
    return RIGHT in user.rights


def may_write(user: User, reply: Reply) -> bool:
    """Whether a person may change a reply."""
    return may_share(user) if reply.owner == TEAM else reply.owner == user.id


class Keeping:
    """Each act is in the audit log, in the same transaction."""

    def __init__(self, store: Replies, live: LiveReplies, now: Callable[[], datetime]) -> None:
        self._store = store
        self._live = live
        self._now = now

    async def listed(self, user: User) -> list[Reply]:
        """The team's and one's own; who may confirm sees all that wait for it, too."""
        found = await self._store.everything()
        return [one for one in found if self._visible(user, one)]

    async def reply(self, user: User, reply_id: int) -> Reply:
        """One reply that is not archived; raises ReplyNotFound."""
        reply = await self._store.numbered(reply_id)
        if reply is None or reply.archived or not self._visible(user, reply):
            raise ReplyNotFound
        return reply

    def standing(self, reply: Reply) -> str:
        """The state of a reply's topic today."""
        return self._live.standings.of(reply.draft.topic)

    def mark(self, reply: Reply) -> Mark | None:
        """Why a reply cannot be sent for now."""
        return mark_of(reply.standing, self.standing(reply))

    async def add(self, user: User, draft: Draft, *, shared: bool) -> int:
        """Keep a new reply; its number. Raises Refused, NotYours."""
        if shared and not may_share(user):
            raise NotYours
        draft = self._checked(draft)
        try:
            return (await self._store.add([self.new(user, draft, "add", shared=shared)]))[0]
        except Taken:
            raise await self._taken(TEAM if shared else user.id, draft, None) from None

    def new(self, user: User, draft: Draft, verb: str, *, shared: bool) -> NewReply:
        """What is kept of a tidied draft."""
        entry = self._entry(user, verb, 0, after=_values(draft))
        return NewReply(TEAM if shared else user.id, draft, self._live.standings.of(draft.topic), entry)

    async def save(self, user: User, reply_id: int, seen: int, draft: Draft) -> None:
        """Save over the version that was seen; raises Refused, Conflict, NotYours, ReplyNotFound.

        Another topic is taken as it is today; with the same, the reply stays marked if it was.
        """
        before = await self._mine(user, reply_id, seen)
        draft = self._checked(draft, before.draft.topic)
        standing = before.standing
        if draft.topic != before.draft.topic:
            if self.mark(before) is not None and not may_share(user):
                raise Refused(Problem("topic", Refusal.TOPIC_HELD))
            standing = self._live.standings.of(draft.topic)
        entry = self._entry(user, "change", reply_id, before=_values(before.draft), after=_values(draft))
        try:
            await self._change(Change(reply_id, seen, draft, standing, archived=False, entry=entry))
        except Taken:
            raise await self._taken(before.owner, draft, reply_id) from None

    async def archive(self, user: User, reply_id: int, seen: int, reason: str) -> None:
        """Offer a reply no longer; raises Refused, Conflict, NotYours, ReplyNotFound."""
        before = await self._mine(user, reply_id, seen)
        entry = self._entry(user, "archive", reply_id, reason, before=_values(before.draft))
        await self._change(Change(reply_id, seen, before.draft, before.standing, archived=True, entry=entry))

    async def confirm(self, user: User, reply_id: int, seen: int, standing: str, reason: str) -> None:
        """Say that a reply fits its topic as it was shown; raises Refused, Conflict, NotYours, ReplyNotFound."""
        if not may_share(user):
            raise NotYours
        before = await self.reply(user, reply_id)
        if before.version != seen:
            raise Conflict(before)
        if standing != self.standing(before):
            raise Refused(Problem("reason", Refusal.STALE))
        entry = self._entry(user, "confirm", reply_id, _needed(reason), after={"topic": before.draft.topic})
        await self._change(Change(reply_id, seen, before.draft, standing, archived=False, entry=entry))

    async def import_all(self, user: User, news: Sequence[NewReply]) -> None:
        """Keep all or none; raises Refused."""
        try:
            await self._store.add(news)
        except Taken:
            raise Refused(Problem("sheet", Refusal.TAKEN)) from None

    async def _mine(self, user: User, reply_id: int, seen: int) -> Reply:
        reply = await self.reply(user, reply_id)
        if not may_write(user, reply):
            raise NotYours
        if reply.version != seen:
            raise Conflict(reply)
        return reply

    async def _change(self, change: Change) -> None:
        if not await self._store.change(change):
            latest = await self._store.numbered(change.id)
            if latest is None or latest.archived:
                raise ReplyNotFound
            raise Conflict(latest)

    def _visible(self, user: User, reply: Reply) -> bool:
        return reply.owner in (TEAM, user.id) or (may_share(user) and self.mark(reply) is not None)

    def _checked(self, draft: Draft, kept_topic: str = "") -> Draft:
        draft = tidied(draft, self._live.knowledge())
        if found := problems(draft, self._live.knowledge(), kept_topic):
            raise Refused(*found)
        return draft

    async def _taken(self, owner: int, draft: Draft, reply_id: int | None) -> Refused:
        """Which of title and shortcut another reply has."""
        others = [one for one in await self._store.everything() if one.owner == owner and one.id != reply_id]
        found = []
        if any(one.draft.title == draft.title for one in others):
            found.append(Problem("title", Refusal.TITLE_TAKEN))
        if draft.shortcut and any(one.draft.shortcut == draft.shortcut for one in others):
            found.append(Problem("shortcut", Refusal.SHORTCUT_TAKEN))
        return Refused(*(found or [Problem("title", Refusal.STALE)]))

    def _entry(
        self,
        user: User,
        verb: str,
        reply_id: int,
        reason: str = "",
        before: Values | None = None,
        after: Values | None = None,
    ) -> Entry:
        return Entry(self._now(), actor(user), verb, "reply", str(reply_id), reason, before or {}, after or {})


def _values(draft: Draft) -> Values:
    names = ("title", "shortcut", "category", "text", "topic")
    return {name: value for name in names if (value := getattr(draft, name))}


def _needed(reason: str) -> str:
    if not reason.strip():
        raise Refused(Problem("reason", Refusal.NOTE_MISSING))
    return reason
