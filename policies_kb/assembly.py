"""Puts the parts of the content together into one checked knowledge base."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from policies_kb.checks import integrity, quiz, rules, urgent
from policies_kb.errors import ContentInvalid, Problem
from policies_kb.model import KnowledgeBase
from policies_kb.parts import SHARED, Part, PartKind
from policies_kb.source import NamedSource, Source


def assemble(parts: Mapping[Part, Any]) -> KnowledgeBase:
    """The knowledge base of these parts, not yet checked; raises ContentInvalid where a shared file is missing."""
    missing = [name for name in SHARED if Part(PartKind.SHARED, name) not in parts]
    if missing:
        raise ContentInvalid(tuple(NamedSource(name).problem((), "it is missing", "restore it") for name in missing))
    return KnowledgeBase(
        documents=_of(parts, PartKind.DOCUMENT),
        topics=_of(parts, PartKind.TOPIC),
        **{name: parts[Part(PartKind.SHARED, name)] for name in SHARED},
    )


def check(
    knowledge: KnowledgeBase, topic_sources: Mapping[str, Source], sources: Mapping[str, Source]
) -> tuple[Problem, ...]:
    """Everything that is wrong with a knowledge base beyond the shape of its parts."""
    return (
        *integrity.check(knowledge, topic_sources, sources),
        *rules.check(knowledge, topic_sources, sources),
        *urgent.check(knowledge, sources["urgent.yml"]),
    )


def problems(knowledge: KnowledgeBase) -> tuple[Problem, ...]:
    """The same for content that stands in no files: each problem names its part and its field."""
    topics = {key: NamedSource(f"topic {key}") for key in knowledge.topics}
    return check(knowledge, topics, {f"{name}.yml": NamedSource(name) for name in SHARED})


def own_problems(part: Part, knowledge: KnowledgeBase) -> tuple[Problem, ...]:
    """What is wrong with a part that nothing rests on; it keeps that part from being published, and no other one."""
    return tuple(quiz.check(knowledge, NamedSource("quiz"))) if part == Part(PartKind.SHARED, "quiz") else ()


def checked(parts: Mapping[Part, Any]) -> KnowledgeBase:
    """The knowledge base of these parts; raises ContentInvalid with every problem."""
    knowledge = assemble(parts)
    if found := problems(knowledge):
        raise ContentInvalid(found)
    return knowledge


def _of(parts: Mapping[Part, Any], kind: PartKind) -> dict[str, Any]:
    return {part.key: parts[part] for part in sorted(parts) if part.kind is kind}
