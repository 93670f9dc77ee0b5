"""What a worker says about his own data: 隐私, 删除我的数据, and the confirmation of that."""

from __future__ import annotations

from collections.abc import Callable

from bot.assistant.port import Message, Reply
from bot.conversation.ports import Erased
from bot.conversation.wording import Wording
from bot.privacy.retention import periods
from policies_kb.model import KnowledgeBase

_MESSAGES, _LETTERS = "exchange", "outgoing"


class PrivacyReplies:
    """Recognises those words whole and answers them; each line of the reply `forget_word` is a way to say it."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._words = Wording(knowledge)

    def __call__(self, text: str) -> Reply | None:
        """The reply to a text that asks about it; None where it asks for something else."""
        if self._words.is_line(text, "forget_word"):
            choices = (self._words.lines("forget_yes")[0], self._words.lines("forget_no")[0])
            return Reply((Message(self._words.filled("forget_confirm"), choices),))
        if self._words.is_line(text, "forget_no"):
            return Reply((Message(self._words.filled("forget_kept")),))
        if self._words.is_line(text, "privacy_word"):
            days = {"days": str(periods()[_MESSAGES].days)}
            return Reply((Message(self._words.filled("privacy", days), (self._words.lines("forget_word")[0],)),))
        return None

    def confirmed(self, text: str) -> bool:
        """Whether it is the choice that confirms; nobody types that by accident."""
        return self._words.is_line(text, "forget_yes")

    def erased(self, erased: Erased) -> Reply:
        """Says how much was deleted."""
        counts = dict(erased.counts)
        values = {
            "messages": str(counts.pop(_MESSAGES, 0)),
            "letters": str(counts.pop(_LETTERS, 0)),
            "others": str(sum(counts.values())),
            "proof": erased.proof,
        }
        return Reply((Message(self._words.filled("forgotten", values)),))

    def with_notice(self, reply: Reply) -> Reply:
        """The reply with the notice before it, so that a source stays last."""
        notice = Message(self._words.filled("privacy_notice"))
        return Reply((notice, *reply.messages), reply.understanding, reply.urgent)
