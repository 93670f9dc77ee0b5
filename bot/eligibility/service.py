"""Verdicts on the content and the day that are in force."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from bot.eligibility.question import Invalid, Question
from policies_kb.eligibility.evaluate import Answers, Verdict, evaluate
from policies_kb.eligibility.request import AnswersInvalid, TopicUnknown, read_answers, ruled_topic, ruled_topics
from policies_kb.eligibility.summary import TopicSummary, VerdictSummary, topic_summary, verdict_summary
from policies_kb.model import KnowledgeBase, Topic


class EligibilityService:
    """Remembers nothing: what is known of a person comes with every question."""

    def __init__(self, knowledge: Callable[[], KnowledgeBase], today: Callable[[], date]) -> None:
        self._knowledge = knowledge
        self._today = today

    @property
    def knowledge(self) -> KnowledgeBase:
        """The content in force; asked for anew on every request, since it can be published at any time."""
        return self._knowledge()

    @property
    def today(self) -> date:
        """The day for which verdicts are given."""
        return self._today()

    def topics(self) -> tuple[TopicSummary, ...]:
        """Every topic that can be asked for, with its questions."""
        return tuple(topic_summary(self.knowledge, topic) for topic in ruled_topics(self.knowledge, self.today))

    def topic(self, topic_id: str) -> Topic:
        """The topic of that id; raises TopicUnknown or TopicExpired."""
        return ruled_topic(self.knowledge, topic_id, self.today)

    def verdict(self, topic: Topic, answers: Answers) -> Verdict:
        """The verdict of today."""
        return evaluate(topic, self.knowledge.slots, answers, self.today)

    def answer(self, question: Question) -> VerdictSummary:
        """The verdict on a question as plain data; raises Invalid or TopicExpired."""
        errors: list[tuple[str, str]] = []
        topic, answers = None, {}
        try:
            topic = self.topic(question.topic)
        except TopicUnknown as error:
            errors.append(("topic", str(error)))
        try:
            answers = dict(read_answers(self.knowledge.slots, question.facts))
        except AnswersInvalid as error:
            errors += [(f"facts.{slot}", message) for slot, message in error.problems.items()]
        if topic is None or errors:
            raise Invalid(tuple(errors))
        return verdict_summary(self.knowledge, self.verdict(topic, answers))
