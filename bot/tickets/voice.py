"""What a worker is told who leaves a request: how to, what is missing, and when somebody calls."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.assistant.port import Message, Reply
from bot.conversation.chain import Heard, Told
from bot.conversation.wording import Wording
from bot.hours.live import LiveHours
from bot.hours.words import Words
from bot.privacy.masking import PHONE, masked
from bot.tickets.model import LONGEST_TEXT, MOST_OPEN, NewTicket
from bot.tickets.ports import Staffing, Tickets

_AFTER_THE_WORD = " ,，:：、。\n\t"


@dataclass(frozen=True, slots=True)
class TicketVoice:
    """A request is one message that begins with a line of the reply `ticket_word` and has a telephone number in it.

    So nothing has to be remembered between two messages, and whatever process gets it understands it.
    """

    words: Wording
    tickets: Tickets
    staffing: Staffing
    live: LiveHours
    told: Words
    now: Callable[[], datetime]

    async def answer(self, heard: Heard) -> Told | None:
        """Answer in the assistant's place; see bot.conversation.chain.Answerer."""
        if not heard.question or heard.turn.handover is not None:
            return None
        rest = self._rest(heard.text.strip())
        if rest is None or not await self.staffing.staffed():
            return None
        if PHONE not in masked(rest):
            return self._told("ticket_how" if not rest else "ticket_no_phone")
        if len(rest) > LONGEST_TEXT:
            return self._told("ticket_long")
        if await self.tickets.open_of(heard.said.conversation) >= MOST_OPEN:
            return self._told("ticket_enough")
        now = self.now()
        due = self.live.due(now, timedelta(minutes=self.live.of().targets.resolution))
        told = self._told("ticket_taken", self.told.opening(due, now)) if due else self._told("ticket_taken_for_long")
        return Told(told.reply, beside=(NewTicket(rest, due),))

    def _rest(self, text: str) -> str | None:
        """What follows the word with which a request begins, nothing for the word alone; None where it is none."""
        for word in self.words.lines("ticket_word"):
            rest = text.removeprefix(word)
            if rest != text and (not rest or rest[0] in _AFTER_THE_WORD or rest[0].isdecimal()):
                return rest.strip(_AFTER_THE_WORD)
        return None

    def _told(self, name: str, due: str = "") -> Told:
        return Told(Reply((Message(self.words.filled(name, {"due": due})),)))
