"""What the desk says in a conversation: that a person will come, how many wait, and nothing while one is there."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from bot.assistant.port import Message, Reply, Understanding
from bot.conversation.chain import Heard, Told
from bot.conversation.ports import Handover
from bot.conversation.wording import Wording
from bot.hotline.model import Reason, State
from bot.hotline.ports import Begun, Spoke, Withdrew
from bot.hotline.settings import DeskSettings
from bot.hours.port import EVERYBODY, WorkingTime
from policies_kb.chinese_date import HERE

HANDOFF = Understanding("handoff", None, 1.0)
"""What the assistant understands of a worker who asks for a person; messages are counted by it."""

_MISSES = frozenset((("oos", "unknown"), ("chat", "noise"), ("clarify", None)))


class Staffing(Protocol):
    """What a worker is told of the desk."""

    async def staffed(self) -> bool:
        """Whether there is anybody at all who answers at the desk."""

    async def ahead(self) -> int:
        """How many workers wait."""

    async def pushes(self, channel: str) -> bool:
        """Whether what a person writes now reaches workers of a channel by itself."""


@dataclass(frozen=True, slots=True)
class HotlineVoice:
    """While a worker waits the assistant goes on answering what it understands; while a person is there it is silent.

    Where nobody works at the desk, a worker who asks for a person is told whom to call, as the assistant does.
    """

    words: Wording
    staffing: Staffing
    working: WorkingTime
    settings: DeskSettings
    now: Callable[[], datetime]

    async def answer(self, heard: Heard) -> Told | None:
        """Answer in the assistant's place; see bot.conversation.chain.Answerer."""
        handover = heard.turn.handover
        if handover is None:
            asked = heard.question and self.words.is_line(heard.said.text, "person_word")
            begun = await self._begun() if asked else None
            return begun and replace(begun, reply=replace(begun.reply, understanding=HANDOFF))
        if handover.state == State.AGENT.value:
            return await self._beside_person(heard, handover)
        if not heard.question:
            return None
        if self.words.is_line(heard.said.text, "wait_no_longer"):
            return Told(_reply(self.words.filled("wait_ended")), beside=(Withdrew(handover.id),))
        if self.words.is_line(heard.said.text, "person_word"):
            return Told(await self._still_waiting(), beside=(Spoke(handover.id, handover.state, None, told=True),))
        return None

    async def add(self, heard: Heard, told: Told) -> Told:
        """Look at a reply, whoever gave it; see bot.conversation.chain.Addition."""
        handover = heard.turn.handover
        if handover is None:
            return await self._maybe_begun(heard, told)
        if any(isinstance(one, Withdrew) for one in told.beside):
            return told
        due = self.working.due(self.now(), self.settings.silent_agent)
        plain = Spoke(handover.id, handover.state, due)
        spoke = next((one for one in told.beside if isinstance(one, Spoke)), plain)
        others = tuple(one for one in told.beside if one is not spoke)
        reply = told.reply
        if handover.state == State.WAITING.value and _missed(reply):
            spoke = replace(spoke, told=self._may_tell(handover))
            reply = replace(await self._still_waiting() if spoke.told else Reply(()), understanding=reply.understanding)
        urgent = heard.urgent.subject if heard.urgent else None
        return replace(told, reply=reply, beside=(*others, replace(spoke, due_at=due, urgent=urgent)))

    async def _maybe_begun(self, heard: Heard, told: Told) -> Told:
        understood = told.reply.understanding
        begins = any(isinstance(one, Begun) for one in told.beside)
        if begins or understood is None or understood.intent != HANDOFF.intent or not heard.question:
            return told
        elsewhere = self.words.holds_line(heard.text, "person_elsewhere")
        if elsewhere or not self.words.holds_line(heard.text, "person_phrase"):
            return told
        begun = await self._begun()
        if begun is None:
            return told
        return replace(told, reply=replace(begun.reply, understanding=understood), beside=(*told.beside, *begun.beside))

    async def _begun(self) -> Told | None:
        """That a person will come; when one is there again; None where nobody ever is."""
        if not await self.staffing.staffed():
            return None
        now = self.now()
        if not self.working.is_open(now, EVERYBODY):
            opening = self.working.next_opening(now, EVERYBODY)
            name = "desk_closed" if opening else "desk_closed_for_long"
            return Told(_reply(self.words.filled(name, {"opening": _moment(opening)})))
        waiting = str(await self.staffing.ahead())
        text = self.words.filled("person_coming", {"waiting": waiting})
        due = self.working.due(now, self.settings.longest_wait)
        return Told(_reply(text), beside=(Begun(Reason.ASKED, EVERYBODY, due),))

    async def _still_waiting(self) -> Reply:
        ahead = max(await self.staffing.ahead() - 1, 0)
        return _reply(self.words.filled("person_not_yet", {"waiting": str(ahead)}))

    async def _beside_person(self, heard: Heard, handover: Handover) -> Told:
        spoke = Spoke(handover.id, handover.state, None)
        knows = heard.turn.owed or not self._may_tell(handover)
        if knows or await self._pushes(heard.said.channel):
            return Told(Reply(()), beside=(spoke,))
        # Nothing can be sent there: he has to know that the answer comes with what he writes next.
        return Told(_reply(self.words.filled("person_reads")), beside=(replace(spoke, told=True),))

    async def _pushes(self, channel: str) -> bool:
        with suppress(Exception):
            return await self.staffing.pushes(channel)
        # Not raised: the assistant would answer in the place of whoever fails here.
        return True

    def _may_tell(self, handover: Handover) -> bool:
        return self.now() - handover.told_at >= self.settings.told_every


def _missed(reply: Reply) -> bool:
    understood = reply.understanding
    return understood is not None and not reply.urgent and (understood.intent, understood.label) in _MISSES


def _reply(text: str) -> Reply:
    return Reply((Message(text),))


def _moment(opening: datetime | None) -> str:
    """A moment as people here say it."""
    if opening is None:
        return ""
    here = opening.astimezone(HERE)
    return f"{here.month}月{here.day}日{here:%H:%M}"
