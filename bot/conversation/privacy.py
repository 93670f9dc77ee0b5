"""What a worker says about his own data: 隐私, 删除我的数据, and the confirmation of that."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bot.assistant.port import Message, Reply
from bot.conversation.ports import Erased
from bot.nlu.text import normalise
from bot.privacy.retention import periods
from policies_kb.answer import reply_values
from policies_kb.model import KnowledgeBase
from policies_kb.placeholders import fill

_MARKS = " ,.。!?~;:'\"“”‘’、"
_MESSAGES, _LETTERS = "exchange", "outgoing"


class PrivacyReplies:
    """Recognises those words whole and answers them; each line of the reply `forget_word` is a way to say it."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._knowledge = knowledge

    def __call__(self, text: str) -> Reply | None:
        """The reply to a text that asks about it; None where it asks for something else."""
        if self._is(text, "forget_word"):
            choices = (self._first("forget_yes"), self._first("forget_no"))
            return Reply((Message(self._filled("forget_confirm"), choices),))
        if self._is(text, "forget_no"):
            return Reply((Message(self._filled("forget_kept")),))
        if self._is(text, "privacy_word"):
            days = {"days": str(periods()[_MESSAGES].days)}
            return Reply((Message(self._filled("privacy", days), (self._first("forget_word"),)),))
        return None

    def confirmed(self, text: str) -> bool:
        """Whether it is the choice that confirms; nobody types that by accident."""
        return self._is(text, "forget_yes")

    def erased(self, erased: Erased) -> Reply:
        """Says how much was deleted."""
        counts = dict(erased.counts)
        values = {
            "messages": str(counts.pop(_MESSAGES, 0)),
            "letters": str(counts.pop(_LETTERS, 0)),
            "others": str(sum(counts.values())),
            "proof": erased.proof,
        }
        return Reply((Message(self._filled("forgotten", values)),))

    def with_notice(self, reply: Reply) -> Reply:
        """The reply with the notice before it, so that a source stays last."""
        notice = Message(self._filled("privacy_notice"))
        return Reply((notice, *reply.messages), reply.understanding, reply.urgent)

    def _is(self, text: str, name: str) -> bool:
        lines = self._knowledge().replies[name].text.splitlines()
        return _plain(text) in {_plain(line) for line in lines}

    def _first(self, name: str) -> str:
        return self._knowledge().replies[name].text.splitlines()[0]

    def _filled(self, name: str, values: Mapping[str, str] | None = None) -> str:
        knowledge = self._knowledge()
        return fill(knowledge.replies[name].text, {**reply_values(knowledge), **(values or {})})


def _plain(text: str) -> str:
    return normalise(text).strip(_MARKS)
