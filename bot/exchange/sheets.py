"""The sheets of a workbook: what stands in their rows, and how it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from bot.content.entries import TABLES, of_entry
from bot.content.form import CONDITION, FACT, LINES, OUTCOME, TEXTS, of_topic
from bot.content.words import Words
from policies_kb import assembly
from policies_kb.model import KnowledgeBase
from policies_kb.parts import Part, PartKind

COLUMNS: Mapping[str, tuple[str, ...]] = {
    "topics": (
        *("id", *TEXTS, "successor", *LINES, "notices", "sources"),
        *(f"outcome-{name}" for name in OUTCOME),
    ),
    "facts": ("topic", *FACT),
    "conditions": ("topic", *CONDITION),
    "questions": ("topic", "examples"),
    **{name: ("key", *(field.name for field in table.fields)) for name, table in TABLES.items()},
}
"""For each sheet its columns, the first of which names what a row is about."""

Row = dict[str, str]


def rows(parts: Mapping[Part, Any], words: Words) -> Iterator[tuple[str, Row]]:
    """Everything of these parts that has a sheet, row by row."""
    knowledge = assembly.assemble(parts)
    for part, value in sorted(parts.items(), key=lambda pair: pair[0]):
        if part.kind is PartKind.TOPIC:
            yield from _topic(value, knowledge, words)
        elif part.kind is PartKind.QUESTIONS:
            yield from (("questions", {"topic": part.key, "examples": text}) for text in value.examples)
        elif part.key in TABLES and part.kind is PartKind.SHARED:
            for key, entry in value.items():
                yield part.key, {"key": key, **of_entry(part.key, entry, knowledge)}


def _topic(topic: Any, knowledge: KnowledgeBase, words: Words) -> Iterator[tuple[str, Row]]:
    form = of_topic(topic, knowledge)
    lists = {"notices": "\n".join(form.notices), "sources": "\n".join(form.sources)}
    outcome = {f"outcome-{name}": held for name, held in form.outcome.items()}
    yield "topics", {"id": topic.id, **form.texts, **form.lines, **lists, **outcome}
    for fact in form.facts:
        yield "facts", {"topic": topic.id, **fact, "aspect": words.aspects[fact["aspect"]]}
    for condition in form.conditions:
        yield "conditions", {"topic": topic.id, **condition, "operator": words.operators[condition["operator"]]}
