"""Asks workers what they think of an answer, and understands what they say to that."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.assistant.port import Message, Reply
from bot.conversation.chain import Heard, Told
from bot.conversation.wording import Wording
from bot.feedback.model import Asked, Judged, Reason, Verdict
from bot.feedback.ports import Questions
from policies_kb.answer import topic_reply
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase

ANSWERABLE = timedelta(days=3)
"""So long a worker can still tap what stands below an answer."""

_SOURCE = "依据:"
_ANSWERS = ("ask", "choose")
"""The intents whose replies are a topic's answer; a verdict is not asked about, since it is an inquiry's."""


@dataclass(frozen=True, slots=True)
class Live:
    """What answers at this moment: the digest of the model, and the number of a topic's version."""

    model: Callable[[], str]
    version: Callable[[str], int | None]


ONCE = frozenset(("terminal",))
"""Channels on which nobody can answer a question of ours."""


class FeedbackWords:
    """The worker's words and ours, from the content in force."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase]) -> None:
        self._wording = Wording(knowledge)

    def understood(self, text: str) -> Verdict | Reason | None:
        """What a text says of an answer; None where it says something else."""
        known: Iterator[Verdict | Reason] = (one for kind in (Verdict, Reason) for one in kind)
        return next((one for one in known if self._wording.is_line(text, f"feedback_{one.value}")), None)

    def question(self) -> Message:
        """What is asked below an answer."""
        return self._choice("feedback_ask", Verdict)

    def why(self) -> Reply:
        """Asks what was wrong."""
        return Reply((self._choice("feedback_why", Reason),))

    def thanks(self, said: Verdict | Reason) -> Reply:
        """What follows a verdict or a reason that needs no more."""
        name = "feedback_thanks" if said is Verdict.HELPFUL else "feedback_noted"
        return Reply((Message(self._wording.filled(name)),))

    def _choice(self, name: str, kind: Iterable[Verdict | Reason]) -> Message:
        choices = tuple(self._wording.lines(f"feedback_{one.value}")[0] for one in kind)
        return Message(self._wording.filled(name), choices, numbered=False)


class FeedbackQuestion:
    """Adds the question to an answer, at most once in a conversation; see bot.conversation.chain.Addition.

    `fits` tells of a channel whether it shows a reply whole: an answer is never shortened for the question.
    """

    def __init__(
        self,
        knowledge: Callable[[], KnowledgeBase],
        live: Live,
        now: Callable[[], datetime],
        fits: Callable[[str, Reply], bool] = lambda channel, reply: True,
    ) -> None:
        self._knowledge = knowledge
        self._live = live
        self._now = now
        self._fits = fits
        self._words = FeedbackWords(knowledge)

    async def __call__(self, heard: Heard, told: Told) -> Told:
        """The reply with the question, where it is an answer, nothing else is asked or owed, and no person is wanted."""
        turn = heard.turn
        elsewhere = turn.owed or turn.sending or turn.handover is not None or heard.urgent is not None
        if heard.said.channel in ONCE or turn.asked or elsewhere or not _ends_with_source(told.reply):
            return told
        topic = self._topic(told.reply)
        longer = replace(told.reply, messages=(*told.reply.messages, self._words.question()))
        if topic is None or not self._fits(heard.said.channel, longer):
            return told
        asked = Asked(topic, self._live.version(topic), self._live.model())
        return replace(told, reply=longer, beside=(*told.beside, asked))

    def _topic(self, reply: Reply) -> str | None:
        understood, knowledge = reply.understanding, self._knowledge()
        if understood is None or understood.intent not in _ANSWERS:
            return None
        if understood.intent == "ask":
            return understood.label if understood.label in knowledge.topics else None
        # The number of a choice does not say which topic that was; its answer does.
        today, last = self._now().astimezone(HERE).date(), reply.messages[-1].text
        topics = knowledge.topics.values()
        return next((one.id for one in topics if topic_reply(knowledge, one, {}, today)[0] == last), None)


class FeedbackAnswerer:
    """Takes what a worker says of an answer that he was asked about; see bot.conversation.chain.Answerer."""

    def __init__(
        self, questions: Questions, knowledge: Callable[[], KnowledgeBase], now: Callable[[], datetime]
    ) -> None:
        self._questions = questions
        self._now = now
        self._words = FeedbackWords(knowledge)

    async def __call__(self, heard: Heard) -> Told | None:
        """The storage is only asked for texts that could be meant so."""
        said = self._words.understood(heard.text) if heard.question else None
        if said is None:
            return None
        asked = await self._questions.latest(heard.said.channel, heard.said.sender, self._now() - ANSWERABLE)
        if asked is None:
            return None
        if isinstance(said, Verdict):
            reply = self._words.why() if said is Verdict.UNHELPFUL else self._words.thanks(said)
            return Told(reply, beside=(Judged(asked.number, said),))
        if asked.verdict is not Verdict.UNHELPFUL:
            return None
        return Told(self._words.thanks(said), beside=(Judged(asked.number, Verdict.UNHELPFUL, said),))


def _ends_with_source(reply: Reply) -> bool:
    return bool(reply.messages) and reply.messages[-1].text.rpartition("\n")[2].startswith(_SOURCE)
