"""The replies of replies.yml, and what of a worker's words is recognised by them."""

from __future__ import annotations

from collections.abc import Callable

from bot.assistant.port import Message, Reply
from bot.conversation.owed import Words
from bot.conversation.ports import Said
from bot.conversation.privacy import PrivacyReplies
from bot.conversation.urgent import UrgentReplies
from policies_kb.answer import reply_values
from policies_kb.model import KnowledgeBase
from policies_kb.placeholders import fill
from policies_kb.query import named_outright

LONGEST_QUESTION = 1000


class CannedReplies:
    """Canned replies by name, from the content in force; `stopped` is what an operator says while nothing is answered."""

    def __init__(
        self, knowledge: Callable[[], KnowledgeBase], stopped: Callable[[], str | None] = lambda: None
    ) -> None:
        self._knowledge = knowledge
        self._stopped = stopped
        self.urgent = UrgentReplies(knowledge)
        self.privacy = PrivacyReplies(knowledge)

    def __call__(self, name: str) -> Reply:
        """A canned reply with its example questions as choices."""
        knowledge = self._knowledge()
        reply = knowledge.replies[name]
        examples = tuple(knowledge.topics[topic].question for topic in reply.examples)
        return Reply((Message(fill(reply.text, reply_values(knowledge)), examples),))

    def trouble(self, text: str) -> Reply:
        """Says that nothing works; whom to call comes first where the text is urgent."""
        urgent, trouble = self.urgent(text), self("trouble")
        return trouble if urgent is None else urgent.added_to(trouble)

    def stopped(self) -> Reply | None:
        """Says that the assistant is stopped, and whom to call; None while it answers."""
        notice = self._stopped()
        if notice is None:
            return None
        knowledge = self._knowledge()
        text = fill(knowledge.replies["stopped"].text, {**reply_values(knowledge), "notice": notice})
        return Reply((Message(text),))

    def still_looking(self) -> Reply:
        """Says that the answer is not there yet, with the word that fetches it as the choice."""
        (message,) = self("still_looking").messages
        return Reply((Message(message.text, (self._word("view_answer"),)),))

    def words(self) -> Words:
        """What surrounds replies that come later than they were meant to."""
        more = Reply((Message(self._word("more_waiting"), (self._word("view_answer"),)),))
        return Words(self._word("maybe_seen"), more)

    def refusal(self, text: str) -> str | None:
        """The name of the reply to a text that cannot be a question."""
        if not text:
            return "empty"
        if text == self._word("view_answer"):
            return "nothing_waiting"
        return "too_long" if len(text) > LONGEST_QUESTION else None

    def asks_for_owed(self, said: Said) -> bool:
        """Whether a worker who is owed a reply asks for it."""
        return said.canned is None and said.text.strip() == self._word("view_answer")

    def stands_alone(self, said: Said) -> bool:
        """Whether a message is no rest of a fragment before it: a tapped choice, or no words at all."""
        text = said.text.strip()
        if said.canned is not None or text == self._word("view_answer"):
            return True
        return named_outright(self._knowledge(), text) is not None

    def _word(self, name: str) -> str:
        return self._knowledge().replies[name].text
