"""Plays the practice of a day in the conversation; whatever is no answer goes on to the assistant."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime

from bot.assistant.port import Message, Reply
from bot.conversation.chain import Heard, Told
from bot.practice.model import DROPPED, RIGHT, WRONG, Found, Kept, Practice, answer_in, plain
from bot.practice.ports import Practices
from bot.practice.selection import of_day, streak
from bot.practice.words import Words
from policies_kb.checks.quiz import holds
from policies_kb.chinese_date import HERE
from policies_kb.model import KnowledgeBase, QuizQuestion, Topic
from policies_kb.quiz import FALSE, TRUE, answers, asked, explained, right_answer

TAPPED = "web"
"""The channel that shows choices as buttons; elsewhere a letter is sent more easily than a link is tapped."""


class DailyPractice:
    """An answerer of the chain. Only what begins or ends practice, or looks like an answer, is looked up at all."""

    def __init__(
        self,
        practices: Practices,
        knowledge: Callable[[], KnowledgeBase],
        now: Callable[[], datetime],
        words: Words,
    ) -> None:
        self._practices = practices
        self._knowledge = knowledge
        self._now = now
        self._words = words

    async def __call__(self, heard: Heard) -> Told | None:
        """See Answerer."""
        if not heard.question or heard.urgent is not None:
            return None
        said, answer = plain(heard.said.text), answer_in(heard.said.text)
        begins, ends = said in self._words.begin, said in self._words.end
        if answer is None and not begins and not ends:
            return None
        today = self._now().astimezone(HERE).date()
        found = await self._practices.find(heard.said, today)
        bank = _bank(self._knowledge(), today)
        if begins:
            return await self._begin(heard, found, bank, today)
        practice = found.today
        if practice is None or not practice.going or practice.done:
            return None
        if ends:
            ended = Kept(replace(practice, going=False), practice)
            return Told(_reply(self._words.ended.format(again=self._words.again)), beside=(ended,))
        return await self._answer(heard, found, bank, answer or "")

    async def _begin(self, heard: Heard, found: Found, bank: Mapping[str, QuizQuestion], today: date) -> Told:
        kept = found.today
        practice = kept or Practice(today, of_day(today, bank))
        if practice.done and practice.counted:
            return Told(_reply(await self._summary(self._words.done_already, practice)))
        practice = replace(_without_missing(practice, bank), going=True)
        if practice.done:
            return Told(_reply(self._words.none))
        first = self._words.first.format(count=len(practice.questions))
        messages = (Message(first),) if kept is None else ()
        return self._asking(heard, messages, practice, kept, bank)

    async def _answer(self, heard: Heard, found: Found, bank: Mapping[str, QuizQuestion], answer: str) -> Told | None:
        before = found.today
        assert before is not None, "the caller has looked"  # noqa: S101 - For the type checker.
        practice = _without_missing(before, bank)
        if practice.done:
            return await self._finished((), practice, before, found)
        if found.interrupted and answer in (TRUE, FALSE):
            # The assistant, which was asked something else meanwhile, may have put a question, too.
            return None
        question, topic = self._current(practice, bank)
        if answer not in answers(question):
            text = self._words.not_an_answer.format(answers=self._either(question))
            return Told(_reply(text, *self._taps(heard, question)))
        right = answer == question.right
        template = self._words.right if right else self._words.wrong
        told = template.format(
            answer=right_answer(topic, question), explanation=explained(self._knowledge(), topic, question)
        )
        practice = _without_missing(practice.answered(RIGHT if right else WRONG), bank)
        if practice.done:
            return await self._finished((Message(told),), practice, before, found)
        return self._asking(heard, (Message(told),), practice, before, bank)

    def _asking(
        self,
        heard: Heard,
        messages: tuple[Message, ...],
        practice: Practice,
        before: Practice | None,
        bank: Mapping[str, QuizQuestion],
    ) -> Told:
        question, topic = self._current(practice, bank)
        number, count = len(practice.answers) + 1, len(practice.questions)
        choice = bool(question.options)
        template = self._words.question if choice else self._words.statement
        how = self._words.how_letter if choice else self._words.how_statement
        told = template.format(number=number, count=count, text=asked(topic, question))
        text = f"{told}\n{how.format(answers=self._either(question), stop=self._words.stop)}"
        reply = Reply((*messages, Message(text, self._taps(heard, question))))
        return Told(reply, beside=(Kept(practice, before),))

    async def _finished(
        self, messages: tuple[Message, ...], practice: Practice, before: Practice, found: Found
    ) -> Told:
        days = streak(practice.day, found.last_done, found.streak)
        practice = replace(practice, streak=days)
        summary = Message(await self._summary(self._words.done, practice))
        return Told(Reply((*messages, summary)), beside=(Kept(practice, before),))

    async def _summary(self, template: str, practice: Practice) -> str:
        standing = await self._practices.standing(practice.day, practice.right)
        return template.format(
            count=practice.counted,
            right=practice.right,
            streak=practice.streak,
            place=standing.better + 1,
            again=self._words.again,
        )

    def _current(self, practice: Practice, bank: Mapping[str, QuizQuestion]) -> tuple[QuizQuestion, Topic]:
        question = bank[practice.questions[len(practice.answers)]]
        return question, self._knowledge().topics[question.topic]

    def _either(self, question: QuizQuestion) -> str:
        *others, last = answers(question)
        return f"{'、'.join(others)}{self._words.either}{last}"

    def _taps(self, heard: Heard, question: QuizQuestion) -> tuple[str, ...]:
        return (*answers(question), self._words.stop) if heard.said.channel == TAPPED else ()


def _bank(knowledge: KnowledgeBase, day: date) -> Mapping[str, QuizQuestion]:
    """What may be asked on a day: what rests on topics that are in force, as they are now."""
    return {
        name: question
        for name, question in knowledge.quiz.items()
        if holds(knowledge, question) and knowledge.topics[question.topic].in_force(day)
    }


def _without_missing(practice: Practice, bank: Mapping[str, QuizQuestion]) -> Practice:
    """The practice up to a question that can still be asked; those that were taken out meanwhile are passed over."""
    while not practice.done and practice.questions[len(practice.answers)] not in bank:
        practice = practice.answered(DROPPED)
    return practice


def _reply(text: str, *options: str) -> Reply:
    return Reply((Message(text, options),))
