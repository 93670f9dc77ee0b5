"""Questions for practice must rest on facts of their topic, and have one right answer."""

from __future__ import annotations

from collections.abc import Iterator

from policies_kb import placeholders
from policies_kb.base import KeyPath
from policies_kb.errors import Problem
from policies_kb.figures import bare_figures
from policies_kb.model import KnowledgeBase, QuizQuestion, Topic
from policies_kb.quiz import FALSE, LETTERS, answers, asked, filled
from policies_kb.source import NamedSource, Source

LONGEST = 200


def check(knowledge: KnowledgeBase, source: Source) -> Iterator[Problem]:
    """Every breach, question by question."""
    for name, question in knowledge.quiz.items():
        yield from _question(knowledge, name, question, source)


def holds(knowledge: KnowledgeBase, question: QuizQuestion) -> bool:
    """Whether nothing is wrong with a question."""
    return not any(_question(knowledge, "", question, NamedSource("quiz")))


def _question(knowledge: KnowledgeBase, name: str, question: QuizQuestion, source: Source) -> Iterator[Problem]:
    topic = knowledge.topics.get(question.topic)
    if topic is None:
        yield source.problem((name, "topic"), f"{question.topic} is not a topic", "name a topic by its id")
        return
    unknown = list(_unknown(name, topic, question, source))
    yield from unknown
    if not unknown:
        yield from _answers(name, topic, question, source)
        yield from _figures(name, topic, question, source)


def _texts(name: str, question: QuizQuestion) -> Iterator[tuple[KeyPath, str]]:
    yield (name, "text"), question.text
    yield (name, "explanation"), question.explanation
    for index, option in enumerate(question.options):
        yield (name, "options", index), option


def _unknown(name: str, topic: Topic, question: QuizQuestion, source: Source) -> Iterator[Problem]:
    facts = {fact.name for fact in topic.facts}
    for where, text in _texts(name, question):
        if not text.strip():
            yield source.problem(where, f"{where[1]} is empty", "write it")
        for fact in placeholders.names(text):
            if fact not in facts:
                yield source.problem(where, f"{{{fact}}} is not a fact of the topic", "use one of the topic's facts")


def _answers(name: str, topic: Topic, question: QuizQuestion, source: Source) -> Iterator[Problem]:
    options = [filled(topic, option) for option in question.options]
    if options and not 2 <= len(options) <= len(LETTERS):
        where = (name, "options")
        yield source.problem(where, "a question has two to four options, or none", "write each in a line of its own")
    elif question.right not in answers(question):
        known = "、".join(answers(question))
        yield source.problem((name, "right"), f"{question.right} is no answer", f"write one of {known}")
    if len(set(options)) < len(options):
        yield source.problem((name, "options"), "two options read the same", "tell them apart")
    if len(asked(topic, question)) > LONGEST:
        yield source.problem((name, "text"), f"the question is over {LONGEST} characters", "shorten it")
    if not placeholders.names(question.explanation):
        yield source.problem((name, "explanation"), "the explanation states no fact", "write a fact's {name} into it")


def _figures(name: str, topic: Topic, question: QuizQuestion, source: Source) -> Iterator[Problem]:
    """What is wrong on purpose, an option or a statement, may have any figure; everything else the topic's own only."""
    told = (topic.title, *(f"{fact.label} {fact}" for fact in topic.facts))
    known = {figure for text in told for figure in bare_figures(text)}
    for where, text in _texts(name, question):
        wrong_option = where[1] == "options" and LETTERS[int(where[-1]) :][:1] != question.right
        wrong_statement = where[1] == "text" and question.right == FALSE
        bare = [figure for figure in bare_figures(placeholders.without(text)) if figure not in known]
        if bare and not wrong_option and not wrong_statement:
            what = f"figures that are no facts: {', '.join(bare)}"
            yield source.problem(where, what, "state a fact in the topic, write {its_name}")
