"""Every topic is recognised by questions of its own, and a rule leads to it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from policies_kb import yaml_source
from policies_kb.errors import Problem
from policies_kb.loader import LoadedContent

FEWEST_QUESTIONS = 35
_INSIGNIFICANT = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Question:
    """A training question, its label ("ask/annuity") and where it stands."""

    text: str
    label: str
    path: Path
    line: int


def read(nlu: Path) -> tuple[list[Question], list[Problem]]:
    """All training questions below nlu/nlu, and what is wrong with their files."""
    found: list[Question] = []
    problems: list[Problem] = []
    for path in sorted((nlu / "nlu").rglob("*.yml")):
        source, errors = yaml_source.read(path)
        problems += errors
        if source is None:
            continue
        try:
            blocks: list[dict[str, Any]] = source.data["nlu"]
            for index, block in enumerate(blocks):
                first = source.lines[("nlu", index, "examples")] + 1
                for offset, line in enumerate(block["examples"].splitlines()):
                    found.append(Question(line.removeprefix("- ").strip(), block["intent"], path, first + offset))
        except (KeyError, TypeError, AttributeError):
            problems.append(Problem(path, 1, "not a training file", "give nlu: a list of intent: and examples: |"))
    return found, problems


def count(nlu: Path) -> int:
    """How many training questions there are."""
    return len(read(nlu)[0])


def check(content: LoadedContent, nlu: Path) -> Iterator[Problem]:
    """Topics without questions or rule, questions without topic, and questions that stand twice."""
    found, problems = read(nlu)
    yield from problems
    yield from _topics_without_questions(content, found)
    yield from _unknown_labels(content, found)
    yield from _doubled(found)
    yield from _rules(nlu, found)


def _topics_without_questions(content: LoadedContent, found: list[Question]) -> Iterator[Problem]:
    for topic, source in content.topic_sources.items():
        number = sum(question.label == f"ask/{topic}" for question in found)
        if number < FEWEST_QUESTIONS:
            what = f"{number} training questions for ask/{topic}, {FEWEST_QUESTIONS} are needed"
            yield source.problem(("id",), what, f"write them in nlu_data/nlu/topics/{topic}.yml")


def _unknown_labels(content: LoadedContent, found: list[Question]) -> Iterator[Problem]:
    known: dict[str, set[str]] = {"ask": set(content.knowledge.topics), "chat": set(content.knowledge.replies)}
    known["oos"] = {*content.knowledge.near_scope, "far"}
    for label in dict.fromkeys(question.label for question in found):
        group, _, name = label.partition("/")
        question = next(question for question in found if question.label == label)
        if group in known and name not in known[group]:
            remedy = f"add {name} to the content, or mend the label"
            yield Problem(question.path, question.line, f"{label} has nothing to answer with", remedy)


def _doubled(found: list[Question]) -> Iterator[Problem]:
    first: dict[str, Question] = {}
    for question in found:
        other = first.setdefault(plain(question.text), question)
        if other is not question:
            what = f"{question.text} stands at {other.path.name}:{other.line} already ({other.label})"
            yield Problem(question.path, question.line, what, "keep it where it belongs, or make the two differ")


def _rules(nlu: Path, found: list[Question]) -> Iterator[Problem]:
    ruled: set[str] = set()
    for path in sorted((nlu / "rules").rglob("*.yml")):
        source, problems = yaml_source.read(path)
        yield from problems
        try:
            for rule in source.data["rules"] if source is not None else ():
                ruled |= {step["intent"] for step in rule["steps"] if "intent" in step}
        except (KeyError, TypeError):
            yield Problem(path, 1, "not a file of rules", "give rules: a list of rule: and steps:")
    for intent in dict.fromkeys(question.label.partition("/")[0] for question in found):
        if intent not in ruled:
            yield Problem(nlu / "rules", 1, f"no rule leads on from the intent {intent}", "add one to nlu_data/rules")


def plain(text: str) -> str:
    """The text as it is compared: width, case, spaces and punctuation do not count; all punctuation is kept as it is."""
    return _INSIGNIFICANT.sub("", unicodedata.normalize("NFKC", text).lower()) or text
