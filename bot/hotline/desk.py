"""What people do at the desk; who may do it is decided here, and who was first by the storage."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.accounts.audit import Entry, actor
from bot.accounts.model import Right, User
from bot.assistant.port import Message, Reply
from bot.conversation.ports import Media, MediaGone
from bot.conversation.wording import Wording
from bot.hotline.errors import CaseNotFound, Conflict, Refusal, Refused
from bot.hotline.model import Case, Event, Kind, Priority, Reason, State
from bot.hotline.parked import PARKED
from bot.hotline.ports import Carrier, Cases, Change, People, Sending
from bot.hotline.settings import DeskSettings
from bot.hours.port import WorkingTime
from bot.replies.desk import ReplyDesk

LONGEST_TEXT = 1000
LONGEST_NOTE = 500
_KEY = re.compile(r"[0-9a-zA-Z-]{8,64}")


class Desk:
    """`carriers` are the ways to workers of the channels that have one; `replies` says what may be sent."""

    def __init__(
        self,
        cases: Cases,
        people: People,
        carriers: Mapping[str, Carrier],
        replies: ReplyDesk,
        working: WorkingTime,
        settings: DeskSettings,
        words: Wording,
        now: Callable[[], datetime],
    ) -> None:
        self._cases = cases
        self._people = people
        self._carriers = carriers
        self._replies = replies
        self._working = working
        self._words = words
        self._now = now
        self.settings = settings

    async def staffed(self) -> bool:
        """Whether there is anybody at all who answers here."""
        return bool(await self.agents())

    async def agents(self) -> list[User]:
        """Everybody who can be given a conversation."""
        return [
            user for user in await self._people.everybody() if Right.ANSWER_WORKERS in user.rights and not user.disabled
        ]

    async def ahead(self) -> int:
        """How many workers wait."""
        return await self._cases.ahead()

    async def pushes(self, channel: str) -> bool:
        """Whether what is sent now reaches workers of a channel by itself, as far as our rights go."""
        post = await self._carriers.get(channel, PARKED).post(Reply(()))
        return post.state == "queued"

    async def case(self, handover: int) -> Case:
        """The handover of that number; raises CaseNotFound."""
        case = await self._cases.numbered(handover)
        if case is None:
            raise CaseNotFound
        return case

    async def claim(self, user: User, handover: int) -> None:
        """Take a waiting conversation; raises Conflict for all but the first."""
        case = await self.case(handover)
        if case.state is State.AGENT and case.owner == user.id:
            return
        if case.state is not State.WAITING:
            raise Conflict(Refusal.TAKEN if case.state is State.AGENT else Refusal.CLOSED)
        most = self.settings.most_open
        try:
            await self._change(case, user, user, Kind.CLAIMED, self._owned(case), taken=Refusal.TAKEN, most=most)
        except Conflict:
            if await self._cases.held(user.id) >= most:
                raise Conflict(Refusal.FULL) from None
            raise

    async def take_over(self, user: User, handover: int, reason: str) -> None:
        """Take a conversation from its owner, who will see why."""
        case = await self._open(handover)
        if not 0 < len(reason) <= LONGEST_NOTE:
            raise Refused(Refusal.REASON_MISSING)
        if case.owner == user.id:
            return
        await self._change(case, user, user, Kind.TAKEN, self._owned(case), text=reason, reason=reason)

    async def release(self, user: User, handover: int) -> None:
        """Put a conversation back into the queue, before those who have not been answered at all."""
        case = await self._own(user, handover)
        await self._change(case, user, None, Kind.RELEASED, self._queued(case, Reason.RETURNED, Priority.RETURNED))

    async def transfer(self, user: User, handover: int, to: str, summary: str) -> None:
        """Give a conversation to a person (`user:3`) or to a skill group (`team:legal`), with what it is about."""
        await self._give(await self._own(user, handover), user, to, summary)

    async def reassign(self, user: User, handover: int, to: str, reason: str) -> None:
        """Give anybody's conversation, or one that waits, to a person or to a skill group; the desk sees why."""
        await self._give(await self._open(handover), user, to, reason, reason)

    async def _give(self, case: Case, user: User, to: str, summary: str, reason: str = "") -> None:
        if not 0 < len(summary) <= LONGEST_NOTE:
            raise Refused(Refusal.SUMMARY_MISSING)
        kind, _, name = to.partition(":")
        if kind == "team" and name in self.settings.teams:
            values = {**self._queued(replace(case, team=name), Reason.TRANSFERRED, Priority.RETURNED), "team": name}
            target, told = None, self.settings.teams[name]
        else:
            target = next((one for one in await self.agents() if kind == "user" and str(one.id) == name), None)
            if target is None or target.id == case.owner:
                raise Refused(Refusal.TARGET_UNKNOWN)
            values, told = self._owned(case), target.display_name
        await self._change(case, user, target, Kind.TRANSFERRED, values, text=f"{told}：{summary}", reason=reason)

    def late_at(self, case: Case) -> datetime | None:
        """When a worker will have waited longer than the target: for the first answer, and then for the end."""
        targets = self._working.targets(case.team)
        minutes = targets.first if case.first_answer_at is None else targets.resolution
        return self._working.due(case.begun_at, timedelta(minutes=minutes), case.team) if minutes else None

    def worked(self, case: Case) -> timedelta:
        """For how much working time it is open."""
        return self._working.worked(case.begun_at, self._now(), case.team)

    async def close(self, user: User, handover: int, outcome: str) -> None:
        """End it: the assistant answers the worker's next message."""
        case = await self._own(user, handover)
        if outcome not in self.settings.outcomes:
            raise Refused(Refusal.OUTCOME_UNKNOWN)
        values = {"closed_at": self._now(), "outcome": outcome, "due_at": None}
        await self._change(case, user, user, Kind.CLOSED, values, state=State.CLOSED, text=outcome)

    async def note(self, user: User, handover: int, text: str) -> None:
        """Write something down that only the desk sees."""
        case = await self.case(handover)
        if not 0 < len(text) <= LONGEST_NOTE:
            raise Refused(Refusal.TEXT_MISSING if not text else Refusal.TEXT_LONG)
        await self._cases.note(case, Kind.NOTE, user, text, self._now(), None)

    async def tag(self, user: User, handover: int, tags: Sequence[str]) -> None:
        """Replace the tags."""
        case = await self.case(handover)
        if unknown := set(tags) - set(self.settings.tags):
            raise Refused(Refusal.TAG_UNKNOWN) from LookupError(len(unknown))
        chosen = [tag for tag in self.settings.tags if tag in tags]
        if tuple(chosen) != case.tags:
            await self._cases.note(case, Kind.TAGGED, user, "、".join(chosen), self._now(), chosen)

    async def send(self, user: User, handover: int, key: str, text: str, reply_key: str) -> None:
        """Write to the worker, once for each `key`; raises what ReplyDesk.check raises, and Conflict for all but the owner."""
        case = await self._own(user, handover)
        if not text or not _KEY.fullmatch(key):
            raise Refused(Refusal.TEXT_MISSING)
        if len(text) > LONGEST_TEXT:
            raise Refused(Refusal.TEXT_LONG)
        await self._replies.check(user, reply_key or None, text)
        said = Reply((Message(self._words.filled("person_says", {"text": text})),))
        carrier, now = self._carriers.get(case.channel, PARKED), self._now()
        due = now + self.settings.silent_worker
        sending = Sending(case.id, user, key, text, reply_key, await carrier.post(said), now, due)
        if not await self._cases.send(sending):
            raise Conflict(Refusal.NOT_YOURS)
        carrier.wake()
        if reply_key:
            await self._replies.used(user, reply_key)

    async def media(self, handover: int, exchange: int) -> Media:
        """A picture or a recording that the worker sent; raises MediaGone."""
        case = await self.case(handover)
        name = await self._cases.media(case, exchange)
        if name is None:
            raise MediaGone
        return await self._carriers.get(case.channel, PARKED).media(name)

    async def _open(self, handover: int) -> Case:
        case = await self.case(handover)
        if case.state is State.CLOSED:
            raise Conflict(Refusal.CLOSED)
        return case

    async def _own(self, user: User, handover: int) -> Case:
        case = await self._open(handover)
        if case.owner != user.id:
            raise Conflict(Refusal.NOT_YOURS)
        return case

    def _owned(self, case: Case) -> dict[str, object]:
        """What changes for a new owner, who has to answer what nobody has answered yet."""
        now = self._now()
        due = (
            self._working.due(now, self.settings.silent_agent, case.team)
            if case.unread
            else now + self.settings.silent_worker
        )
        return {"claimed_at": now, "due_at": due}

    def _queued(self, case: Case, reason: Reason, priority: Priority) -> dict[str, object]:
        now = self._now()
        return {
            "reason": reason.value,
            "priority": max(int(priority), case.priority),
            "waiting_since": now,
            "due_at": self._working.due(now, self.settings.longest_wait, case.team),
        }

    async def _change(
        self,
        case: Case,
        user: User,
        owner: User | None,
        kind: Kind,
        values: Mapping[str, object],
        *,
        state: State | None = None,
        text: str = "",
        reason: str = "",
        taken: Refusal = Refusal.CHANGED,
        most: int | None = None,
    ) -> None:
        now, new = self._now(), state or (State.AGENT if owner else State.WAITING)
        # What a person writes about a worker is deleted with the worker's data: it does not stand in the audit log.
        entry = Entry(now, actor(user), f"desk_{kind.value}", "desk_conversation", str(case.id), reason)
        change = Change(
            case.id, case.version, new, owner, Event(now, kind, user.display_name, text), entry, values, most=most
        )
        if not await self._cases.change(change):
            raise Conflict(taken)
