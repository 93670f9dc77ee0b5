"""Reads the content folder into a checked KnowledgeBase."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from policies_kb import assembly, schema, yaml_source
from policies_kb.checks import quiz as quiz_check
from policies_kb.eligibility.rule import Slot
from policies_kb.errors import ContentInvalid, Problem
from policies_kb.model import (
    CannedReply,
    Contact,
    Document,
    Interview,
    KnowledgeBase,
    MenuButton,
    NearScope,
    Notice,
    QuizQuestion,
    Topic,
    UrgentSubject,
)
from policies_kb.yaml_source import YamlSource

CONTENT = Path(__file__).parent / "content"
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class LoadedContent:
    """The knowledge base with the files it was read from, for checks that name lines."""

    knowledge: KnowledgeBase
    topic_sources: Mapping[str, YamlSource]
    sources: Mapping[str, YamlSource]


def load(folder: Path = CONTENT) -> KnowledgeBase:
    """The knowledge base of a content folder; raises ContentInvalid with every problem found."""
    return load_with_sources(folder).knowledge


def load_with_sources(folder: Path = CONTENT) -> LoadedContent:
    """The knowledge base and its files; raises ContentInvalid with every problem found."""
    content, problems = read(folder)
    if content is None or problems:
        raise ContentInvalid(problems)
    return content


def read(folder: Path = CONTENT) -> tuple[LoadedContent | None, tuple[Problem, ...]]:
    """Read and check a content folder; integrity is checked only where every file has the right shape."""
    reader = _Reader()
    documents = reader.folder(folder / "documents", Document)
    topics = reader.folder(folder / "topics", Topic)
    contacts = reader.file(folder / "contacts.yml", dict[str, Contact], {})
    notices = reader.file(folder / "notices.yml", dict[str, Notice], {})
    replies = reader.file(folder / "replies.yml", dict[str, CannedReply], {})
    near_scope = reader.file(folder / "near_scope.yml", dict[str, NearScope], {})
    menu = reader.file(folder / "menu.yml", tuple[MenuButton, ...], ())
    slots = reader.file(folder / "slots.yml", dict[str, Slot], {})
    interview = reader.file(folder / "interview.yml", Interview, Interview((), (), 0))
    urgent = reader.file(folder / "urgent.yml", dict[str, UrgentSubject], {})
    quiz = reader.file(folder / "quiz.yml", dict[str, QuizQuestion], {})
    if reader.problems:
        return None, tuple(reader.problems)
    knowledge = KnowledgeBase(
        documents={document.id: document for document in documents.values()},
        contacts=contacts,
        notices=notices,
        topics={topic.id: topic for topic in topics.values()},
        replies=replies,
        near_scope=near_scope,
        menu=menu,
        slots=slots,
        interview=interview,
        urgent=urgent,
        quiz=quiz,
    )
    topic_sources = {topic.id: reader.sources[path] for path, topic in topics.items()}
    content = LoadedContent(knowledge, topic_sources, {path.name: source for path, source in reader.sources.items()})
    problems = assembly.check(knowledge, topic_sources, content.sources)
    return content, (*problems, *quiz_check.check(knowledge, content.sources["quiz.yml"]))


class _Reader:
    """Reads files one by one and gathers what is wrong with any of them."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.sources: dict[Path, YamlSource] = {}

    def file(self, path: Path, kind: type[T], empty: T) -> T:
        if not path.is_file():
            self.problems.append(Problem(path, 1, "the file is missing", "restore it"))
            return empty
        source, problems = yaml_source.read(path)
        self.problems.extend(problems)
        if source is None:
            return empty
        self.sources[path] = source
        value, mismatches = schema.convert(source, kind)
        self.problems.extend(mismatches)
        return empty if value is None else value

    def folder(self, folder: Path, kind: type[T]) -> dict[Path, T]:
        found: dict[Path, T] = {}
        nothing: Any = None
        for path in sorted(folder.glob("*.yml")):
            value = self.file(path, kind, nothing)
            if value is None:
                continue
            found[path] = value
            if getattr(value, "id", path.stem) != path.stem:
                what = f"the id is not the file's name ({path.stem})"
                self.problems.append(self.sources[path].problem(("id",), what, "make them the same"))
        if not found and not self.problems:
            self.problems.append(Problem(folder, 1, "the folder has no content", "add a file to it"))
        return found
