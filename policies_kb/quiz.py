"""Questions for practice as people read them, with the facts of their topic filled in."""

from __future__ import annotations

from collections.abc import Iterable

from policies_kb.answer import source_lines
from policies_kb.model import KnowledgeBase, QuizQuestion, Topic
from policies_kb.placeholders import fill

LETTERS = "ABCD"
TRUE, FALSE = "对", "错"


def answers(question: QuizQuestion) -> tuple[str, ...]:
    """What can be answered: a letter for each option, or true and false."""
    return tuple(LETTERS[: len(question.options)]) or (TRUE, FALSE)


def lettered(options: Iterable[str]) -> tuple[str, ...]:
    """The options with their letters."""
    return tuple(f"{letter}. {option}" for letter, option in zip(LETTERS, options, strict=False))


def filled(topic: Topic, text: str) -> str:
    """A text with the topic's facts; KeyError for a name that is none."""
    return fill(text, {fact.name: fact for fact in topic.facts})


def asked(topic: Topic, question: QuizQuestion) -> str:
    """The question with its options, a line each."""
    return filled(topic, "\n".join((question.text, *lettered(question.options))))


def right_answer(topic: Topic, question: QuizQuestion) -> str:
    """The right answer in words: the option with its letter, or true or false."""
    told = lettered(question.options)
    return filled(topic, told[LETTERS.index(question.right)]) if told else question.right


def explained(knowledge: KnowledgeBase, topic: Topic, question: QuizQuestion) -> str:
    """Why that is right, with the items that say so."""
    return "\n".join((filled(topic, question.explanation), *source_lines(knowledge, topic)))


def shown(knowledge: KnowledgeBase, question: QuizQuestion) -> str:
    """The whole for who writes it; KeyError where it names what there is not."""
    topic = knowledge.topics[question.topic]
    return "\n".join((asked(topic, question), question.right, explained(knowledge, topic, question)))
